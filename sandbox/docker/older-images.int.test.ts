import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildImage } from '../images/build-image.ts'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { containersOf, runCode, testOwner, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const built = new Set<string>()
let current: string
let sandbox: Sandbox

/** An image on top of today's, with one file more. */
const imageWith = async (path: string, labels: Readonly<Record<string, string>>): Promise<string> => {
  const content = Buffer.from(`FROM ${current.replace('sha256:', '')}\nCOPY marker ${path}\n`)
  const files = [
    { name: 'Dockerfile', content },
    { name: 'marker', content: Buffer.from('older\n') },
  ]
  const workshop = { docker, signal: new AbortController().signal, onProgress: () => undefined }
  const id = await buildImage(workshop, { subject: 'older', files, buildArgs: {}, labels })
  built.add(id)
  return id
}

const ofShell = { 'runledger.kind': 'language', 'runledger.language': 'sh', 'runledger.version': '0.9' }
const marker = 'cat /marker 2>/dev/null; true'

beforeAll(async () => {
  current = await runnerImage()
  sandbox = testSandbox(docker, current, { owner, log: silent })
})
afterAll(async () => {
  await sandbox.close()
  for (const id of built) await docker.getImage(id).remove({ force: true })
})

describe('given an image of a language from before an upgrade', () => {
  it('runs on it where it is asked for, and on the current one where nothing is', async () => {
    const digest = await imageWith('/marker', ofShell)
    expect(await sandbox.preferredImage('sh', digest)).toStrictEqual({ version: '0.9', digest })
    expect(await runCode(sandbox, marker, { image: digest })).toMatchObject({ stdout: 'older\n' })
    expect(await runCode(sandbox, marker)).toMatchObject({ stdout: '' })
  })

  it('keeps no warm container of it', async () => {
    const digest = await imageWith('/marker', ofShell)
    await runCode(sandbox, marker, { image: digest })
    await expect
      .poll(async () => (await containersOf(docker, owner.logId)).filter(({ ImageID }) => ImageID === digest), {
        timeout: 10_000,
      })
      .toEqual([])
  })
})

describe('given an image that is not there, or none of the language', () => {
  it('answers the current one', async () => {
    const now = { version: '1', digest: current }
    const ofPerl = await imageWith('/marker', { ...ofShell, 'runledger.language': 'perl' })
    expect(await sandbox.preferredImage('sh', `sha256:${'0'.repeat(64)}`)).toStrictEqual(now)
    expect(await sandbox.preferredImage('sh', 'nonsense')).toStrictEqual(now)
    expect(await sandbox.preferredImage('sh', ofPerl)).toStrictEqual(now)
    expect(await sandbox.preferredImage('sh', current)).toStrictEqual(now)
    expect(await sandbox.preferredImage('cobol', current)).toBeNull()
  })
})

describe('given an older image on which no container gets ready', () => {
  it('loses the attempt, and runs the next on the current one', async () => {
    const digest = await imageWith('/runledger/runner', ofShell)
    expect(await sandbox.preferredImage('sh', digest)).toMatchObject({ digest })
    const ran = await runCode(sandbox, marker, { image: digest })
    expect(ran.result).toMatchObject({ _tag: 'Left', left: { kind: 'lost' } })
    expect(await sandbox.preferredImage('sh', digest)).toMatchObject({ digest: current })
  })
})
