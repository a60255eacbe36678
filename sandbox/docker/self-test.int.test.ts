import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { languageDefinition } from '../languages/language-definition.ts'
import { runnerImage } from '../runner/test-container.ts'
import { createSelfTest } from './self-test.ts'
import { containersOf, testOwner } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const selfTest = createSelfTest({ docker, owner, cpus: 1, runtime: null, log: silent })
let image: string

beforeAll(async () => {
  image = await runnerImage()
})

const definitionWith = (...cases: ReadonlyArray<Readonly<Record<string, unknown>>>) => {
  const decoded = languageDefinition.decode({
    name: 'sh',
    aliases: [],
    fileName: 'main.sh',
    compile: null,
    run: { argv: ['/bin/sh', '{entry}', '{args}'] },
    env: {},
    runFactors: {},
    compileFactors: {},
    versionArgv: ['true'],
    selfTest: cases,
  })
  return E.isRight(decoded) ? decoded.right : expect.unreachable()
}

const echo = { name: 'echo', code: ['cat; echo "$1"'], stdin: 'in\n', args: ['arg'], stdout: 'in\narg\n' }
const three = { name: 'three', code: ['exit 3'], outcome: 'runtime_error', exitCode: 3 }

describe('given a definition and an image', () => {
  it('passes where every case ends as it says', async () => {
    expect(await selfTest(definitionWith(echo, three), image)).toEqual(E.right(undefined))
  })

  it('names the first case that does not', async () => {
    const wrong = { ...echo, name: 'wrong', stdout: 'other' }
    expect(await selfTest(definitionWith(three, wrong), image)).toMatchObject({
      _tag: 'Left',
      left: expect.stringMatching(/^wrong: expected success, saw .*"stdout":"in/),
    })
  })

  it('fails on an image without a runner, and leaves no container', async () => {
    expect(await selfTest(definitionWith(echo), 'sha256:absent')).toMatchObject({ _tag: 'Left' })
    await vi.waitUntil(async () => (await containersOf(docker, owner.logId)).length === 0, { timeout: 20_000 })
  })
})
