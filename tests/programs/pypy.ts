import type { Sources } from './program.ts'

export const pypy: Sources = {
  greets: "print('Hello, World!')",
  echoes: 'import sys\nsys.stdout.write(sys.stdin.read())',
  isBroken: 'def :',
  exitsWith3: 'raise SystemExit(3)',
  loops: 'while True: pass',
  sleeps: 'import time\ntime.sleep(600)',
  hogsMemory: "kept = []\nwhile True: kept.append(bytearray(b'x') * 10_000_000)",
}
