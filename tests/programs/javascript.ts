import type { Sources } from './program.ts'

export const javascript: Sources = {
  greets: 'console.log("Hello, World!")',
  echoes: 'process.stdout.write(require("fs").readFileSync("/dev/stdin"))',
  isBroken: 'function (',
  exitsWith3: 'process.exit(3)',
  crashes: 'process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 10000)',
  loops: 'for (;;) {}',
  sleeps: 'setTimeout(() => {}, 600000)',
  hogsMemory: 'const kept = []; for (;;) kept.push(Buffer.alloc(10_000_000, 1))',
  forkBombs:
    'const { spawn } = require("child_process"); const bomb = () => { const c = spawn(process.execPath, [__filename]); c.on("error", () => {}); setTimeout(bomb, 1) }; bomb()',
  floods: 'const line = "x".repeat(10000) + "\\n"; for (;;) require("fs").writeSync(1, line)',
}
