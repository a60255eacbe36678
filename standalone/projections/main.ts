import type { Projection } from '@runledger/query-service/projector/projection.ts'
import { projections } from '@runledger/query-service/read-models/projections.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { createLogger } from '@runledger/shared-kernel/logger/create-logger.ts'
import { createTeardown } from '@runledger/shared-kernel/process/teardown.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { carryOut } from './carry-out.ts'
import { changeOf, type Outcome } from './commands.ts'
import { list } from './list.ts'
import { openSources } from './open-sources.ts'
import { verify } from './verify.ts'

// `npm run projections -- <command>`: beside a server that runs, or without one.

const usage = `projections list
            verify [<name>]              compares with a fold of the log
            rebuild <name> [--no-swap]   builds it anew beside the one that is read, then reads that one
            swap <name>                  reads the newest version that is ready
            rollback <name>              reads the version that was kept from before
            drop <name> <version>        removes a version that is not read
            replay-parked [<name>]       folds parked streams again`

const fail = (line: string): Outcome => ({ ok: false, line })

const chosen = (name: string | undefined): ReadonlyArray<Projection> =>
  projections.filter(projection => name === undefined || projection.name === name)

const unknown = (name: string | undefined): Outcome =>
  fail(`there is no projection ${name}: ${projections.map(each => each.name).join(', ')}`)

const needsName = (command: string): boolean => !['list', 'verify', 'replay-parked'].includes(command)

type Needs = Omit<Parameters<typeof carryOut>[0], 'say'>

const changeAll = async (needs: Needs, command: string, [name, argument]: ReadonlyArray<string>) => {
  const outcomes: Array<Outcome> = []
  for (const projection of chosen(name)) {
    const change = changeOf(command, projection, argument)
    if (change === null) return [fail(usage)]
    const say = (line: string) => void process.stderr.write(`${line}\n`)
    const { ok, line } = await carryOut({ ...needs, say }, projection, change)
    outcomes.push({ ok, line: `${projection.name}: ${line}` })
  }
  return outcomes
}

const run = (needs: Needs, command: string, args: ReadonlyArray<string>): Promise<ReadonlyArray<Outcome>> => {
  if (command === 'list') return list(needs, chosen(args[0]))
  if (command === 'verify') return verify(needs, chosen(args[0]))
  return changeAll(needs, command, args)
}

const main = async ([command = '', ...args]: ReadonlyArray<string>): Promise<ReadonlyArray<Outcome>> => {
  if (changeOf(command, projections[0] as Projection, undefined) === null && !['list', 'verify'].includes(command))
    return [fail(usage)]
  if (needsName(command) && args[0] === undefined) return [fail(usage)]
  if (chosen(args[0]).length === 0) return [unknown(args[0])]
  const config = readConfig(process.env)
  if (isLeft(config)) return config.left.map(fail)
  const logger = createLogger(process.env['LOG_LEVEL'] === undefined ? 'error' : config.right.logLevel, process.stderr)
  const teardown = createTeardown(logger)
  try {
    const sources = await openSources({ config: config.right, teardown })()
    if (isLeft(sources)) return [fail(sources.left)]
    return await run({ sources: sources.right, logger, teardown }, command, args)
  } finally {
    await teardown.run()
  }
}

const outcomes = await main(process.argv.slice(2))
for (const { ok, line } of outcomes) (ok ? process.stdout : process.stderr).write(`${line}\n`)
if (outcomes.some(({ ok }) => !ok)) process.exitCode = 1
