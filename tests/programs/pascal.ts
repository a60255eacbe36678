import type { Sources } from './program.ts'

export const pascal: Sources = {
  greets: "begin\n  writeln('Hello, World!')\nend.",
  echoes: 'var c: char;\nbegin\n  while not eof do begin read(c); write(c) end\nend.',
  isBroken: 'begin\n  nothing\nend.',
  exitsWith3: 'begin\n  halt(3)\nend.',
  loops: 'begin\n  while true do;\nend.',
  sleeps: 'uses sysutils;\nbegin\n  sleep(600000)\nend.',
  hogsMemory: 'var p: pointer;\nbegin\n  while true do begin getmem(p, 10000000); fillchar(p^, 10000000, 1) end\nend.',
}
