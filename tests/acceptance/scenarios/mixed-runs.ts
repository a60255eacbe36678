import type { System } from '../../support/system.ts'

/** Programs of two languages that end in two ways. */
const programs = [
  { kind: 'python success', body: { lang: 'python', code: 'print(input())', stdInput: 'a' } },
  { kind: 'bash success', body: { lang: 'bash', code: 'echo b' } },
  { kind: 'python failure', body: { lang: 'python', code: 'import sys; sys.exit(3)' } },
  { kind: 'bash success', body: { lang: 'bash', code: 'echo c' } },
] as const

export type Kind = (typeof programs)[number]['kind']
export type MixedRun = Readonly<{ id: string; kind: Kind; result: Readonly<Record<string, unknown>> }>

const writers = 16
const each = 2

const writeSome = async ({ client }: System, writer: number): Promise<ReadonlyArray<MixedRun>> => {
  const runs: Array<MixedRun> = []
  for (let turn = 0; turn < each; turn += 1) {
    const { kind, body } = programs[(writer + turn) % programs.length] ?? programs[0]
    const id = await client.submit(body)
    runs.push({ id, kind, result: await client.resultOf(id) })
  }
  return runs
}

const made = new WeakMap<System, Promise<ReadonlyArray<MixedRun>>>()

/** What sixteen clients run at once, made once for all scenarios of a system. */
export const mixedRuns = (system: System): Promise<ReadonlyArray<MixedRun>> => {
  const known = made.get(system)
  if (known !== undefined) return known
  const runs = Promise.all(Array.from({ length: writers }, (_, writer) => writeSome(system, writer))).then(all =>
    all.flat(),
  )
  made.set(system, runs)
  return runs
}
