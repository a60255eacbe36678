import type { Sources } from './program.ts'

export const typescript: Sources = {
  greets: 'const greeting: string = "Hello, World!"\nconsole.log(greeting)',
  echoes: 'import { readFileSync } from "fs"\nprocess.stdout.write(readFileSync("/dev/stdin"))',
  isBroken: 'const count: number = "not a number"\nconsole.log(count)',
  exitsWith3: 'process.exit(3)',
  crashes: 'process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 10000)',
  loops: 'for (;;) {}',
  sleeps: 'setTimeout(() => {}, 600000)',
  hogsMemory: 'const kept: Buffer[] = []\nfor (;;) kept.push(Buffer.alloc(10_000_000, 1))',
  forkBombs:
    'import { spawn } from "child_process"\nconst bomb = (): void => { const c = spawn(process.execPath, [process.argv[1]!]); c.on("error", () => {}); setTimeout(bomb, 1) }\nbomb()',
  floods: 'import { writeSync } from "fs"\nconst line = "x".repeat(10000) + "\\n"\nfor (;;) writeSync(1, line)',
}
