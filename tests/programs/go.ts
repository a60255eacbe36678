import type { Sources } from './program.ts'

const withMain = (body: string, ...imports: ReadonlyArray<string>): string =>
  `package main\n${imports.map(name => `import "${name}"\n`).join('')}func main() {\n  ${body}\n}\n`

export const go: Sources = {
  greets: withMain('fmt.Println("Hello, World!")', 'fmt'),
  echoes: withMain('io.Copy(os.Stdout, os.Stdin)', 'io', 'os'),
  isBroken: withMain('var count int = "not a number"'),
  exitsWith3: withMain('os.Exit(3)', 'os'),
  crashes: withMain('syscall.Kill(syscall.Getpid(), syscall.SIGKILL); select {}', 'syscall'),
  loops: withMain('for i := 0; ; i++ { if i < 0 { println() } }'),
  sleeps: withMain('time.Sleep(10 * time.Minute)', 'time'),
  hogsMemory: withMain(
    'var kept [][]byte; for { block := make([]byte, 10000000); for i := range block { block[i] = 1 }; kept = append(kept, block) }',
  ),
  forkBombs: withMain('for { exec.Command(os.Args[0]).Start() }', 'os', 'os/exec'),
  floods: withMain('line := strings.Repeat("x", 10000); for { fmt.Println(line) }', 'fmt', 'strings'),
}
