import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { tempFolder } from '@runledger/tests/support/temp-folder.ts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { plainFiles } from './plain-files.ts'

let folder: ReturnType<typeof tempFolder>
beforeEach(() => {
  folder = tempFolder()
})
afterEach(() => folder.remove())

const write = (name: string, content: string | Buffer, mode = 0o644): void => {
  writeFileSync(join(folder.path, name), content)
  chmodSync(join(folder.path, name), mode)
}

// As GNU tar writes it, which is what is in a language's image.
const archive = (): Buffer => execFileSync('tar', ['-c', '-C', folder.path, '--sort=name', '-f', '-', '.'])

const program = Buffer.alloc(100_000, 'program')

describe('given the archive of what a compiler left', () => {
  beforeEach(() => {
    write('.program', program, 0o755)
    write('main.c', 'int main;')
  })

  it('gives its files as they are', async () => {
    expect(await plainFiles(archive())).toEqual([
      { name: '.program', content: program, isExecutable: true },
      { name: 'main.c', content: Buffer.from('int main;'), isExecutable: false },
    ])
  })

  it('gives a name of 200 letters', async () => {
    const name = 'n'.repeat(200)
    write(name, 'x')
    const made = execFileSync('tar', ['-c', '-C', folder.path, '-f', '-', name])
    expect(await plainFiles(made)).toEqual([{ name, content: Buffer.from('x'), isExecutable: false }])
  })

  it.each([
    ['a directory', () => mkdirSync(join(folder.path, 'other'))],
    ['a symbolic link', () => symlinkSync('/etc/passwd', join(folder.path, 'other'))],
    ['a second name of one file', () => linkSync(join(folder.path, 'main.c'), join(folder.path, 'other'))],
    ['a file of another mode', () => write('other', '', 0o600)],
    ['a file that runs as its owner', () => write('other', '', 0o4755)],
    ['a pipe', () => execFileSync('mkfifo', [join(folder.path, 'other')])],
  ])('leaves it to another where there is %s', async (_, make) => {
    make()
    expect(await plainFiles(execFileSync('tar', ['-c', '-C', folder.path, '-f', '-', 'main.c', 'other']))).toBeNull()
  })

  it('leaves it to another where there are very many', async () => {
    const names = Array.from({ length: 65 }, (_, i) => `f${i}`)
    for (const name of names) write(name, name)
    expect(await plainFiles(execFileSync('tar', ['-c', '-C', folder.path, '-f', '-', ...names]))).toBeNull()
  })

  it.each([
    ['cut', (whole: Buffer) => whole.subarray(0, 50_000)],
    ['damaged', (whole: Buffer) => Buffer.concat([Buffer.from('x'), whole.subarray(1)])],
  ])('leaves it to another where it is %s', async (_, harm) => {
    expect(await plainFiles(harm(archive()))).toBeNull()
  })
})
