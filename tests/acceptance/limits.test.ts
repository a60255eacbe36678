import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()
const mebibyte = 1024 * 1024

const run = async (submission: object) => runledger.client().resultOf(await runledger.client().submit(submission))

const hog = 'x = bytearray(200 * 1024 * 1024)'
const deep = 'int f(int n) { volatile char room[1000]; room[0] = 1; return n == 0 ? 0 : f(n - 1) + room[0]; }'
const recursing = `${deep}\n#include <stdio.h>\nint main(void) { printf("%d", f(40000)); }`
const writing = `#include <stdio.h>
int main(void) { FILE *f = fopen("large", "w"); for (int i = 0; i < 2000000; i++) fputc('x', f); return fclose(f); }`
const everything = '#include <bits/stdc++.h>\nint main() {}'

type Submission = Readonly<{ lang: string; code: string; limits?: object; compileLimits?: object }>
type Case = readonly [meets: string, submission: Submission, outcome: string, reason: string | null, beside?: object]

const cases: ReadonlyArray<Case> = [
  [
    'its CPU time',
    { lang: 'python', code: 'while True: pass', limits: { cpuTimeMs: 300, wallTimeMs: 60_000 } },
    'time_limit',
    'cpu',
  ],
  [
    'its time on the clock',
    { lang: 'python', code: 'import time\ntime.sleep(9)', limits: { wallTimeMs: 400 } },
    'time_limit',
    'wall',
  ],
  ['its memory', { lang: 'python', code: hog, limits: { memoryBytes: 64 * mebibyte } }, 'memory_limit', 'memory'],
  [
    'its memory in a child, and returns 0',
    {
      lang: 'python',
      code: `import os\nif os.fork() == 0:\n  ${hog}\nos.wait()\nprint("fine")`,
      limits: { memoryBytes: 64 * mebibyte },
    },
    'memory_limit',
    'memory',
    { exitCode: 0, stdOutput: 'fine\n' },
  ],
  [
    'its output on one stream',
    { lang: 'python', code: 'import sys\nsys.stderr.write("e" * 5000)', limits: { outputBytes: 1000 } },
    'output_limit',
    'output',
    { stdError: 'e'.repeat(1000), truncated: { stdout: false, stderr: true } },
  ],
  [
    'its processes',
    {
      lang: 'python',
      code: 'import subprocess\n[subprocess.Popen(["sleep", "5"]) for _ in range(40)]',
      limits: { processes: 8 },
    },
    'runtime_error',
    'processes',
  ],
  ['the size of a file', { lang: 'c', code: writing, limits: { fileBytes: mebibyte } }, 'signalled', 'file_size'],
  [
    'its stack',
    { lang: 'c', code: recursing, limits: { stackBytes: 8 * mebibyte } },
    'signalled',
    null,
    { signal: 'SIGSEGV' },
  ],
  [
    'no limit, with a stack of its own',
    { lang: 'c', code: recursing, limits: { stackBytes: 128 * mebibyte } },
    'success',
    null,
    { stdOutput: '40000' },
  ],
  [
    'the CPU time of its compiler',
    { lang: 'cpp', code: everything, compileLimits: { cpuTimeMs: 200 } },
    'compile_limit',
    'cpu',
    { usage: null },
  ],
  [
    'the memory of its compiler',
    { lang: 'cpp', code: everything, compileLimits: { memoryBytes: 48 * mebibyte } },
    'compile_limit',
    'memory',
    { usage: null },
  ],
]

describe('given limits of its own', () => {
  for (const [meets, submission, outcome, reason, beside] of cases)
    it(`a program that meets ${meets} is told so`, async () => {
      const { limits = {}, compileLimits = {} } = submission
      const expected = { status: 'completed', outcome, reason, limits, compileLimits, ...beside }
      expect(await run(submission)).toMatchObject(expected)
    })
})
