import type { Sources } from './program.ts'

export const ruby: Sources = {
  greets: "puts 'Hello, World!'",
  echoes: 'print $stdin.read',
  isBroken: 'def\n',
  exitsWith3: 'exit 3',
  loops: 'loop {}',
  sleeps: 'sleep 600',
  hogsMemory: "kept = []\nloop { kept << 'x' * 10_000_000 }",
}
