import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

const shellBlocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(match => (match[1] ?? '').trim())
const curlCommands = shellBlocks.filter(block => block.startsWith('curl '))

describe('given Runledger has been started as the README says', () => {
  const runledger = useStandalone()

  const sh = async (command: string) => {
    const { stdout } = await promisify(execFile)('sh', ['-c', command])
    return JSON.parse(stdout) as Record<string, unknown>
  }

  it('answers the commands of the README as it says', async () => {
    const here = curlCommands.map(command => command.replaceAll('http://127.0.0.1:3005', runledger.process().url))
    const [submit = '', result = ''] = here
    const { message, codeSubmissionId } = await sh(submit)
    expect(message).toBe('Code submission queued successfully')
    expect(await sh(result.replace('<id>', String(codeSubmissionId)))).toMatchObject({
      status: 'completed',
      outcome: 'success',
      stdOutput: 'Hello, World!\n',
      stdError: '',
      exitCode: 0,
    })
  })
})
