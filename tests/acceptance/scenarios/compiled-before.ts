import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { System } from '../../support/system.ts'
import type { UsedSystem } from './use-system.ts'

type Event = Readonly<{ type: string; data: Readonly<Record<string, unknown>> }>

const eventsOf = async ({ client }: System, id: string): Promise<ReadonlyArray<Event>> => {
  const { body } = await client.get(`/api/submissions/${id}/events`)
  return body['events'] as ReadonlyArray<Event>
}

/** What the log says of a submission's compilation, and where it ran. */
const told = async (system: System, id: string) => {
  const result = await system.client.resultOf(id)
  const events = await eventsOf(system, id)
  const the = (type: string) => events.find(event => event.type === type)
  const { cached, usage, output } = the('CompilationCompleted')?.data ?? {}
  return { result, cached, usage, output, worker: the('ExecutionStarted')?.data['workerId'] }
}

type Told = Awaited<ReturnType<typeof told>>

// Each worker remembers for itself: the first time that it is asked, it compiles.
const firstOfTheirWorkers = (runs: ReadonlyArray<Told>) =>
  runs.map(({ worker }, at) => runs.findIndex(other => other.worker === worker) === at)

const nothingSpent = { cpuMs: 0, wallMs: 0, memoryBytes: 0 }

/** A program that says when it was compiled, and makes its compiler say something. */
const tellingOfItself = (salt: string) => `
  #include <iostream>
  #include <map>
  #include <string>
  #warning ${salt}
  int main() {
    std::string word; std::cin >> word;
    std::map<std::string, int> seen; seen[word]++;
    std::cout << word << " " << seen[word] << " " << __TIME__ << std::endl;
  }`

const small = (salt: string) => `#include <cstdio>\n/* ${salt} */\nint main() { puts("small"); }`

/** Submissions of one source, one after another. */
export const compiledBefore = (system: UsedSystem): void => {
  const run = async (submission: object) => told(system(), await system().client.submit({ lang: 'cpp', ...submission }))

  describe('a program that was compiled before', () => {
    it('is run without its compiler, as log and result tell', async () => {
      const code = tellingOfItself(randomUUID())
      const runs: Array<Told> = []
      for (const stdInput of ['one', 'two', 'three', '4']) runs.push(await run({ code, stdInput }))
      expect(runs.map(({ cached }) => cached)).toEqual(firstOfTheirWorkers(runs).map(isFirst => !isFirst))
      expect(runs.map(({ cached }) => cached)).toContain(true)
      const outputs = runs.map(({ result }) => String(result['stdOutput']))
      expect(outputs.map(text => text.split(' ').slice(0, 2))).toEqual([
        ['one', '1'],
        ['two', '1'],
        ['three', '1'],
        ['4', '1'],
      ])
      for (const { worker, output, usage, result } of runs.filter(({ cached }) => cached)) {
        const first = runs.find(other => other.worker === worker) ?? expect.fail('there is none before it')
        expect(output).toEqual(first.output)
        expect(usage).toMatchObject(nothingSpent)
        expect(result['compile']).toMatchObject({ cached: true, exitCode: 0, usage: nothingSpent })
        expect(result['compile']).toMatchObject({ output: expect.stringContaining('#warning') })
        expect(String(result['stdOutput']).split(' ')[2]).toBe(String(first.result['stdOutput']).split(' ')[2])
      }
    })

    it('is compiled again with another option', async () => {
      const code = small(randomUUID())
      await run({ code })
      const other = await run({ code, compileArgs: ['-O1'] })
      expect(other).toMatchObject({ cached: false, result: { outcome: 'success' } })
    })

    it('is not compiled again for its test cases, nor for its replay', async () => {
      const code = small(randomUUID())
      const tests = [{ expectedOutput: 'small' }, { expectedOutput: 'large' }]
      const runs = [await run({ code })]
      const judged = await system().client.submit({ lang: 'cpp', code, tests })
      runs.push(await told(system(), judged))
      for (const _ of ['one worker', 'the other']) {
        const replay = await system().client.post(`/api/submissions/${judged}/replay`, {})
        runs.push(await told(system(), String(replay.body['codeSubmissionId'])))
      }
      expect(runs.map(({ cached }) => cached)).toEqual(firstOfTheirWorkers(runs).map(isFirst => !isFirst))
      expect(runs.map(({ result }) => result['testSummary'] ?? null)).toEqual([
        null,
        ...[1, 2, 3].map(() => expect.objectContaining({ total: 2, run: 2 })),
      ])
    })
  })
}
