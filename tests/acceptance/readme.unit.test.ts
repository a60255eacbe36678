import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

const shellBlocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(match => (match[1] ?? '').trim())
const npmCommands = shellBlocks.filter(block => block.startsWith('npm '))

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
