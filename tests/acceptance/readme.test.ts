import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

const shellBlocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(match => (match[1] ?? '').trim())
const npmCommands = shellBlocks.filter(block => block.startsWith('npm '))
const curlCommands = shellBlocks.filter(block => block.startsWith('curl '))

describe('the README', () => {
  it('stays under 250 lines', () => {
    expect(readme.split('\n').length).toBeLessThan(250)
  })

  it.each(npmCommands)('names a command that is there: %s', command => {
    expect(scripts).toHaveProperty([command.replace(/^npm (run )?/, '').replace(/ -- .*/, '')])
  })

  it('names files and folders that are there', () => {
    const paths = [...readme.matchAll(/`([a-z][\w.-]*\/[\w./-]*|\.env\.example)`/g)].map(match => match[1] ?? '')
    const below = ['', 'sandbox', 'query-service']
    const missing = paths.filter(path => !below.some(folder => existsSync(join(root, folder, path))))
    expect(missing).toEqual([])
  })
})

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
