import type { Sources } from './program.ts'

export const pythonNumpy: Sources = {
  greets: "print('Hello, World!')",
  echoes: 'import sys\nsys.stdout.write(sys.stdin.read())',
  isBroken: 'def :',
  exitsWith3: 'raise SystemExit(3)',
  loops: 'while True: pass',
  sleeps: 'import time\ntime.sleep(600)',
  hogsMemory: 'import numpy as np\nkept = []\nwhile True: kept.append(np.ones(1_000_000))',
}
