import { basename, join } from 'node:path'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { createAnchorKey } from '@runledger/shared-kernel/log-tools/anchors/anchor-key.ts'
import { runLogTool } from '../support/log-tool.ts'
import { runProjections } from '../support/projections-command.ts'
import { tempFolder } from '../support/temp-folder.ts'
import { type ShownVersion, untilShown } from './shown.ts'
import type { Place, Stage } from './stage.ts'
import { submitMany } from './submit-many.ts'

type Size = Readonly<{ submissions: number; real: number }>
type Say = (line: string) => void

const program = { lang: 'python', code: 'print(1)' }

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`not as it must be: ${what}`)
}

const seconds = (sinceMs: number): string => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`

/** The commands as an operator types them, and what they answer. */
const shellOf = ({ env }: Stage, say: Say) => {
  const told = (command: string, status: unknown, text: string, began: number): string => {
    const lines = text
      .trimEnd()
      .replaceAll(/\S+\/(?=anchors\.ndjson)/g, '')
      .split('\n')
    say(`$ ${command}`)
    for (const line of lines) say(line)
    say(`# status ${status}, ${seconds(began)}`)
    return text
  }
  return {
    projections: async (expected: number, ...args: ReadonlyArray<string>) => {
      const began = performance.now()
      const { status, printed } = await runProjections(args, env)
      told(`npm run projections -- ${args.join(' ')}`, status, printed, began)
      must(status === expected, `status ${expected}`)
      return printed
    },
    log: async (expected: number, more: Stage['env'], ...args: ReadonlyArray<string>) => {
      const began = performance.now()
      const { status, said, complained } = await runLogTool({ ...env, ...more }, ...args)
      told(`npm run log -- ${args.map(arg => basename(arg)).join(' ')}`, status, complained + said, began)
      must(status === expected, `status ${expected}`)
      return said
    },
  }
}

type Shell = ReturnType<typeof shellOf>

const fill = async (stage: Stage, { submissions, real }: Size, say: Say): Promise<ReadonlyArray<string>> => {
  const began = performance.now()
  const ids = await submitMany(stage.client, program, { count: submissions, concurrency: 128 })
  say(`# ${submissions} submissions taken, their runs skipped, every result read: ${seconds(began)}`)
  await stage.runForReal()
  const realBegan = performance.now()
  const ran = await submitMany(stage.client, program, { count: real, concurrency: 4 })
  say(`# ${real} more run in containers: ${seconds(realBegan)}`)
  return [...ids, ...ran]
}

/** Begins a rebuild and waits until it is well under way. Answers its version. */
const rebuildUnderWay = async (stage: Stage, say: Say): Promise<ShownVersion> => {
  const { client } = stage
  say('$ curl -X POST .../api/admin/projections/result/rebuild')
  const { body } = await client.post('/api/admin/projections/result/rebuild', {})
  const isUnderWay = ({ state, progress }: ShownVersion) => state !== 'building' || progress > 0.3
  const built = await untilShown(client, Number(body['version']), isUnderWay)
  if (built.state === 'building') return built
  say(`# version ${built.version} was ${built.state} before it could be killed: once more`)
  return rebuildUnderWay(stage, say)
}

/** The server is killed in the middle of a rebuild; the next one goes on with it. Answers the version. */
const rebuildKilled = async (stage: Stage, say: Say): Promise<number> => {
  const { client, killReader } = stage
  const { version, progress } = await rebuildUnderWay(stage, say)
  say(`# version ${version} is building, ${Math.round(progress * 100)} % read: kill -9`)
  const began = performance.now()
  await killReader()
  const found = await untilShown(client, version)
  say(`# started again: version ${version} is ${found.state}, ${Math.round(found.progress * 100)} % read`)
  must(found.progress >= 0.3, 'what was read is kept')
  await untilShown(client, version, ({ state }) => state === 'live')
  say(`# version ${version} is live, ${seconds(began)} after the kill`)
  return version
}

const everyResultIs = async ({ client }: Stage, ids: ReadonlyArray<string>): Promise<boolean> => {
  const some = ids.filter((_, index) => index % Math.ceil(ids.length / 200) === 0)
  const results = await Promise.all(some.map(client.resultOf))
  return results.every(result => result['outcome'] === 'success' && result['stdOutput'] === '1\n')
}

const operate = async (stage: Stage, shell: Shell, ids: ReadonlyArray<string>): Promise<void> => {
  await shell.projections(0, 'list', 'result')
  await shell.projections(0, 'verify')
  await shell.projections(0, 'rollback', 'result')
  must(await everyResultIs(stage, ids), 'results read from the version of before')
  await shell.projections(0, 'swap', 'result')
  must(await everyResultIs(stage, ids), 'results read from the new version')
  await shell.projections(0, 'drop', 'result', '1')
  await shell.projections(0, 'list', 'result')
}

type Targets = Readonly<{ altered: Place; last: Place }>

/** Where a submission's first commit stands, and what is the last commit of its partition. */
const targetsIn = async ({ client }: Stage, id: string, version: number): Promise<Targets> => {
  const { body } = await client.get(`/api/submissions/${id}/events`)
  const [event] = body['events'] as ReadonlyArray<{ partition: number; position: number }>
  const shown = await untilShown(client, version)
  const p = event?.partition ?? 0
  return {
    altered: { p, n: event?.position ?? 0 },
    last: { p, n: shown.partitions.find(each => each.p === p)?.tail ?? 0 },
  }
}

const positionSaid = (said: string): string | undefined => /^BROKEN (partition \d+, position \d+)/m.exec(said)?.[1]

const inWords = ({ p, n }: Place): string => `partition ${p}, position ${n}`

/** One commit is written over, and then the end is cut off. */
const tamper = async (stage: Stage, shell: Shell, { altered, last }: Targets, say: Say): Promise<void> => {
  const folder = tempFolder()
  const key = join(folder.path, 'anchor-key')
  const file = join(folder.path, 'anchors.ndjson')
  rightOf(createAnchorKey(key))
  const anchored = { ANCHOR_KEY_FILE: key, ANCHOR_FILE: file }
  try {
    await shell.log(0, {}, 'verify')
    await shell.log(0, anchored, 'anchor')
    say(`# one character of the tenant in ${inWords(altered)} is changed`)
    await stage.rewrite(altered, 'anonymous', 'anonymouz')
    const found = await shell.log(1, {}, 'verify')
    must(positionSaid(found) === inWords(altered), 'the altered commit is named')
    await stage.rewrite(altered, 'anonymouz', 'anonymous')
    say(`# it is changed back, and ${inWords(last)}, the last one there, is cut off`)
    await stage.remove(last)
    await shell.log(0, {}, 'verify')
    const missed = await shell.log(1, anchored, 'verify', '--anchors', file)
    must(positionSaid(missed) === inWords(last), 'the missing end is named')
  } finally {
    folder.remove()
  }
}

/** Takes a system through what an operator may have to do, and says each step. Throws where it is not as it must be. */
export const transcribe = async (stage: Stage, size: Size, say: Say): Promise<void> => {
  const began = performance.now()
  say(`## ${stage.name}`)
  const shell = shellOf(stage, say)
  const ids = await fill(stage, size, say)
  const version = await rebuildKilled(stage, say)
  await operate(stage, shell, ids)
  const targets = await targetsIn(stage, ids[Math.floor(ids.length / 2)] ?? '', version)
  await stage.end()
  await tamper(stage, shell, targets, say)
  say(`# in all ${seconds(began)}`)
}
