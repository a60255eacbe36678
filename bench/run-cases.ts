import Docker from 'dockerode'
import { bareCases } from './measurements/bare-cases.ts'
import { runToEnd } from './measurements/http-client.ts'
import { imageOf } from './measurements/image-of.ts'
import { served } from './measurements/served.ts'
import { median } from './measurements/statistics.ts'
import { areReached, atMost, boundTable } from './report/bounds.ts'
import { table } from './report/table.ts'

const rounds = 9
const cases = 100
const numbers = Array.from({ length: cases }, (_, i) => i + 1)

/** Reads its argument, works so many steps, prints it. A source of its own each time: nothing is compiled already. */
const program = (steps: number): string => `// ${crypto.randomUUID()}
#include <cstdlib>
#include <iostream>
int main(int, char **argv) {
  volatile unsigned x = 1;
  for (long i = 0; i < ${steps}; i++) x = x * 1664525u + 1013904223u;
  std::cout << std::atoi(argv[1]) << "\\n";
}
`

const programs: Readonly<Record<string, number>> = { 'that does nothing else': 0, 'of 10 million steps': 10_000_000 }

const submitted = async (origin: string, code: string): Promise<number> => {
  const tests = numbers.map(number => ({ name: `${number}`, args: [`${number}`], expectedOutput: `${number}\n` }))
  const began = performance.now()
  const { outcome } = await runToEnd(origin, { lang: 'cpp', code, tests })
  if (outcome !== 'accepted') throw new Error(`the cases ended with ${String(outcome)}`)
  return performance.now() - began
}

const measure = async (origin: string, steps: number) => {
  const docker = new Docker()
  const image = await imageOf(origin, 'cpp')
  await bareCases(docker, image, program(steps), cases)
  await submitted(origin, program(steps))
  const seen: Array<Readonly<{ compileMs: number; runsMs: number; oursMs: number }>> = []
  for (let round = 0; round < rounds; round++) {
    const code = program(steps)
    seen.push({ ...(await bareCases(docker, image, code, cases)), oursMs: await submitted(origin, code) })
  }
  return {
    compileMs: median(seen.map(({ compileMs }) => compileMs)),
    runsMs: median(seen.map(({ runsMs }) => runsMs)),
    oursMs: median(seen.map(({ oursMs }) => oursMs)),
    ratio: median(seen.map(({ compileMs, runsMs, oursMs }) => (oursMs - compileMs) / runsMs)),
  }
}

/** Measures what test cases cost beside bare runs of the same program; true where every target is reached. */
export const runCases = (): Promise<boolean> =>
  served({ languages: 'cpp', isolation: 'per-tenant' }, async ({ url }) => {
    const rows: Array<Readonly<{ name: string } & Awaited<ReturnType<typeof measure>>>> = []
    for (const [name, steps] of Object.entries(programs)) {
      console.error(`measuring: ${cases} cases of a C++ program ${name}`)
      rows.push({ name, ...(await measure(url, steps)) })
    }
    const bounds = rows.map(({ name, ratio }) => atMost(`program ${name}: (all - compile) / bare runs`, ratio, 1.5))
    const cells = rows.map(({ name, compileMs, runsMs, oursMs }) => [
      ...[`C++ program ${name}`, compileMs.toFixed(0), runsMs.toFixed(0), oursMs.toFixed(0)],
    ])
    console.log(`\n${table([`${cases} cases, median of rounds`, 'bare compile ms', 'bare runs ms', 'all ms'], cells)}`)
    console.log(`\n${boundTable(bounds)}`)
    return areReached(bounds)
  })
