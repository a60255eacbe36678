import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRight } from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockDataDir } from './lock-data-dir.ts'

let parent: string
let folder: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'runledger-lock-'))
  folder = join(parent, 'data')
})
afterEach(() => rmSync(parent, { recursive: true }))

const module = join(import.meta.dirname, 'lock-data-dir.ts')
const holdForEver = `
  import { lockDataDir } from ${JSON.stringify(module)}
  const lock = lockDataDir(process.argv[1])
  process.stdout.write(lock._tag)
  setInterval(() => lock, 60_000)
`

const holder = async (): Promise<ChildProcess> => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', holdForEver, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  expect(String((await once(child.stdout, 'data'))[0])).toBe('Right')
  return child
}

const kill = async (child: ChildProcess) => {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('given a data folder that another process holds', () => {
  it('says who holds it', async () => {
    const child = await holder()
    expect(lockDataDir(folder)).toMatchObject({
      _tag: 'Left',
      left: { kind: 'locked', message: expect.stringContaining(`${folder} is in use by process ${child.pid}`) },
    })
    await kill(child)
  })

  it('is free again the moment that process is killed', async () => {
    await kill(await holder())
    const lock = lockDataDir(folder)
    expect(isRight(lock)).toBe(true)
    if (isRight(lock)) lock.right.release()
  })
})

describe('given a data folder nobody holds', () => {
  it('is made, taken, released and taken again', () => {
    for (const _ of [1, 2]) {
      const lock = lockDataDir(folder)
      expect(existsSync(folder)).toBe(true)
      if (isRight(lock)) lock.right.release()
      expect(isRight(lock)).toBe(true)
    }
  })

  it('says why it cannot be used', () => {
    writeFileSync(folder, 'a file where the folder should be')
    expect(lockDataDir(folder)).toMatchObject({
      _tag: 'Left',
      left: { kind: 'unusable', message: expect.stringContaining(folder) },
    })
  })
})
