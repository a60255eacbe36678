import { loadLanguageDefinitions } from '@runledger/sandbox/languages/load-languages.ts'
import { getOrElseW } from 'fp-ts/lib/Either.js'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { allPrograms } from '../programs/all-programs.ts'
import type { Program } from '../programs/program.ts'
import { takesArguments } from '../programs/takes-arguments.ts'
import { auditDataDir, soundDataDir } from '../support/audit-data-dir.ts'
import { type Client, clientOf } from '../support/client.ts'
import { containersOf } from '../support/containers-of.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const definitions = getOrElseW(problem => expect.fail(JSON.stringify(problem)))(await loadLanguageDefinitions())
const every = [...allPrograms, ...takesArguments(definitions)]
const count = Number(process.env['MIXED_SUBMISSIONS'] ?? every.length)
const concurrency = 8
const folder = tempFolder()
afterAll(() => folder.remove())

type Ended = Readonly<{ program: Program; id: string; result: Readonly<Record<string, unknown>> }>

const submissionOf = ({ lang, code, stdInput, args, limits }: Program) => ({ lang, code, stdInput, args, limits })

const untilAllReady = (client: Client): Promise<void> =>
  vi.waitFor(
    async () => {
      const { body } = await client.get('/api/languages')
      const languages = body['languages'] as ReadonlyArray<{ name: string; state: string }>
      expect(languages.filter(({ state }) => state !== 'ready')).toEqual([])
    },
    { timeout: 900_000, interval: 500 },
  )

const runAll = async (client: Client, programs: ReadonlyArray<Program>): Promise<ReadonlyArray<Ended>> => {
  const ended: Array<Ended> = []
  const queue = [...programs]
  const lane = async (): Promise<void> => {
    for (let program = queue.shift(); program !== undefined; program = queue.shift()) {
      const id = await client.submit(submissionOf(program))
      ended.push({ program, id, result: await client.resultOf(id) })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, lane))
  return ended
}

const differs = ({ program: { expect: expected }, result }: Ended): boolean =>
  !expected.outcomes.includes(String(result['outcome'])) ||
  (expected.exitCode !== undefined && result['exitCode'] !== expected.exitCode) ||
  (expected.stdOutput !== undefined && result['stdOutput'] !== expected.stdOutput)

const shown = ({ program, result }: Ended) => ({
  program: `${program.lang} ${program.kind}`,
  outcome: result['outcome'],
  reason: result['reason'],
  exitCode: result['exitCode'],
  signal: result['signal'],
  stdError: String(result['stdError']).slice(0, 300),
  stdOutput: String(result['stdOutput']).slice(0, 80),
  compile: result['compile'],
})

describe(`given ${count} programs of every kind in every language, ${concurrency} at once`, () => {
  it('ends each with the right outcome, loses none and leaves nothing behind', async () => {
    const runledger = await startStandalone({ dataDir: folder.path })
    const client = clientOf(runledger.url)
    await untilAllReady(client)
    const programs = Array.from({ length: count }, (_, i) => every[i % every.length]).flatMap(p => p ?? [])
    expect(new Set(every.map(({ lang }) => lang))).toEqual(new Set(definitions.map(({ name }) => name)))
    const ended = await runAll(client, programs)

    expect(ended.filter(differs).map(shown)).toEqual([])
    expect(ended).toHaveLength(count)

    expect(await runledger.end('SIGTERM')).toBe(0)
    expect(await containersOf(folder.path)).toEqual([])
    expect(
      await auditDataDir(
        folder.path,
        ended.map(({ id }) => id),
      ),
    ).toEqual(soundDataDir)
  }, 1_500_000)
})
