import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import * as E from 'fp-ts/lib/Either.js'
import { anchor } from './anchor.ts'
import { exportTo } from './export-to.ts'
import { importFrom } from './import-from.ts'
import type { ExitStatus, LogCommand } from './log-command.ts'
import { repair } from './repair.ts'
import { verify } from './verify.ts'

// `npm run log -- <command>`: the log's own tools.

const commands: Readonly<Record<string, LogCommand>> = {
  verify,
  anchor,
  export: exportTo,
  import: importFrom,
  repair,
}

const say = (line: string): void => console.log(line)
const complain = (line: string): void => console.error(line)

const usage = `npm run log -- <command>, on the log that DATA_DIR or MONGO_URL names:\n\n${Object.values(commands)
  .map(command => `  ${command.usage}`)
  .join('\n')}`

const run = async ([name = '', ...args]: ReadonlyArray<string>): Promise<ExitStatus> => {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    complain(usage)
    return 2
  }
  const config = readConfig(process.env)
  if (E.isRight(config)) return command.run({ config: config.right, args, say, complain })
  for (const problem of config.left) complain(problem)
  return 1
}

process.exitCode = await run(process.argv.slice(2))
