import type { Sources } from './program.ts'

export const lua: Sources = {
  greets: "print('Hello, World!')",
  echoes: "io.write(io.read('a'))",
  isBroken: 'function (',
  exitsWith3: 'os.exit(3)',
  loops: 'while true do end',
  sleeps: "os.execute('sleep 600')",
  hogsMemory: "local kept = {}\nwhile true do kept[#kept + 1] = string.rep('x', 10000000) .. #kept end",
}
