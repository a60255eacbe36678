import type { Sources } from './program.ts'

export const python: Sources = {
  greets: 'print("Hello, World!")',
  echoes: 'import sys\nsys.stdout.write(sys.stdin.read())',
  isBroken: 'def :\n',
  exitsWith3: 'import sys\nsys.exit(3)',
  crashes: 'import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)',
  loops: 'while True: pass',
  sleeps: 'import time\ntime.sleep(600)',
  hogsMemory: 'kept = []\nwhile True: kept.append(bytearray(b"x") * 10_000_000)',
  forkBombs: 'import os\nwhile True:\n    try: os.fork()\n    except OSError: pass',
  floods: 'while True: print("x" * 10_000)',
}
