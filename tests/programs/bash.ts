import type { Sources } from './program.ts'

export const bash: Sources = {
  greets: 'echo "Hello, World!"',
  echoes: 'cat',
  isBroken: 'if then fi (',
  exitsWith3: 'exit 3',
  crashes: 'kill -SEGV $$',
  loops: 'while :; do :; done',
  sleeps: 'sleep 600',
  hogsMemory: 'kept=$(head -c 50000000 /dev/zero | tr "\\0" x); while :; do kept="$kept$kept"; done',
  forkBombs: 'bomb() { bomb | bomb & }; bomb; while :; do :; done',
  floods: 'yes',
}
