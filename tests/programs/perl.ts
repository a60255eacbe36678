import type { Sources } from './program.ts'

export const perl: Sources = {
  greets: 'print "Hello, World!\\n";',
  echoes: 'print while <STDIN>;',
  isBroken: 'sub {',
  exitsWith3: 'exit 3;',
  loops: '1 while 1;',
  sleeps: 'sleep 600;',
  hogsMemory: "my @kept;\npush @kept, 'x' x 10_000_000 while 1;",
}
