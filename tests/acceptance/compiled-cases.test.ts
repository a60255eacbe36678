import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

const run = async (submission: object) => runledger.client().resultOf(await runledger.client().submit(submission))

const sums = {
  c: '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", a + b); }',
  cpp: '#include <iostream>\nint main() { int a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }',
  go: 'package main\nimport "fmt"\nfunc main() { var a, b int; fmt.Scan(&a, &b); fmt.Println(a + b) }',
  java: `import java.util.Scanner;
    class Main { public static void main(String[] args) { var in = new Scanner(System.in);
      System.out.println(new Sum().of(in.nextInt(), in.nextInt())); } }
    class Sum { int of(int a, int b) { return a + b; } }`,
  typescript: `import { readFileSync } from 'node:fs'
    const [a = 0, b = 0]: ReadonlyArray<number> = readFileSync(0, 'utf8').split(' ').map(Number)
    console.log(a + b)`,
}

describe('given a program that is compiled, and test cases', () => {
  it.each(Object.entries(sums))('compiles %s once and runs what came of it for each', async (lang, code) => {
    const tests = [
      { stdin: '1 2', expectedOutput: '3' },
      { stdin: '20 22', expectedOutput: '42' },
      { stdin: '1 1', expectedOutput: '3' },
    ]
    const id = await runledger.client().submit({ lang, code, tests })
    const result = await runledger.client().resultOf(id)
    expect({ lang, ...result }).toMatchObject({
      ...{ lang, outcome: 'wrong_answer', testSummary: { total: 3, run: 3, passed: 2 } },
      tests: ['accepted', 'accepted', 'wrong_answer'].map(outcome => ({ outcome })),
    })
    const { body } = await runledger.client().get(`/api/submissions/${id}/events`)
    const types = (body['events'] as ReadonlyArray<{ type: string }>).map(({ type }) => type)
    expect(types.filter(type => type === 'CompilationCompleted')).toHaveLength(1)
  })

  it('runs none of them where it does not compile', async () => {
    const result = await run({ lang: 'cpp', code: 'int main() { return nothing; }', expectedOutput: '' })
    expect(result).toMatchObject({ outcome: 'compile_error', testSummary: { total: 1, run: 0, passed: 0 }, tests: [] })
    expect(result['compile']).toMatchObject({ output: expect.stringContaining('nothing') })
  })

  it('judges a thousand, each by limits of its own', async () => {
    const tests = Array.from({ length: 1_000 }, (_, index) => ({
      stdin: `${index} 1`,
      expectedOutput: String(index + 1),
      limits: { wallTimeMs: 5_000 + index },
    }))
    const result = await run({ lang: 'cpp', code: sums.cpp, tests })
    expect(result).toMatchObject({ outcome: 'accepted', testSummary: { total: 1_000, run: 1_000, passed: 1_000 } })
  })
})
