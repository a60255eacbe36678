import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSelfTest } from '../docker/self-test.ts'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import { loadLanguageDefinitions } from '../languages/load-languages.ts'
import { buildImages } from './build-images.ts'
import type { ReadyImage, SelfTest } from './language-image.ts'
import { openLanguageImages } from './language-images.ts'

const coldBuildMs = 900_000
const docker = new Dockerode()
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const owner = { logId: `test-${randomUUID()}`, workerId: 'images', incarnation: randomUUID() }
const selfTest = createSelfTest({ docker, owner, cpus: 1, runtime: null, log: silent })

const untested: SelfTest = () => expect.fail('an image that is there is not tested again')
const passing: SelfTest = async () => E.right(undefined)

let definitions: ReadonlyArray<LanguageDefinition> = []
let images: ReadonlyArray<ReadyImage> = []

beforeAll(async () => {
  definitions = E.getOrElseW(problem => expect.fail(JSON.stringify(problem)))(await loadLanguageDefinitions())
  const built = await buildImages({ docker, definitions, onProgress: () => undefined, selfTest })()
  images = E.getOrElseW((problems: ReadonlyArray<string>) => expect.fail(problems.join('\n')))(built)
}, coldBuildMs)

const inImage = async (image: string, script: string): Promise<string> => {
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['sh', '-c', script],
    Tty: true,
    HostConfig: { NetworkMode: 'none', ReadonlyRootfs: true },
  })
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true })
    await container.start()
    return (await text(output)).replaceAll('\r\n', '\n')
  } finally {
    await container.remove({ force: true })
  }
}

describe('given every language built, tested in the sandbox and named', () => {
  it('each image says what it is', async () => {
    expect(images.map(({ definition }) => definition.name)).toStrictEqual(definitions.map(({ name }) => name))
    for (const { definition, ref, digest, version } of images) {
      expect(ref).toMatch(new RegExp(`^runledger/${definition.name}:[0-9a-f]{16}$`))
      const { Id, Config } = await docker.getImage(ref).inspect()
      expect(Id).toBe(digest)
      expect(Config.Labels).toMatchObject({ 'runledger.language': definition.name, 'runledger.version': version })
      expect(Config.Entrypoint).toStrictEqual(['/runledger/runner'])
    }
  })

  it('none holds a program that raises privileges, nor a runner that a program can change', async () => {
    for (const { ref } of images) {
      const found = await inImage(
        ref,
        'find / -xdev -perm /6000 -type f; stat -c "%U %a" /runledger /runledger/runner /box',
      )
      expect(found, ref).toBe('root 755\nroot 755\nroot 755\n')
    }
  })

  it('the next start finds them at once, and builds and tests nothing', async () => {
    const progress: Array<string> = []
    const startedAt = performance.now()
    const found = openLanguageImages({
      docker,
      definitions,
      first: ['python', 'c'],
      onProgress: line => progress.push(line),
      selfTest: untested,
    })
    await found.settled
    const tookMs = performance.now() - startedAt
    expect(definitions.map(({ name }) => found.find(name))).toStrictEqual(images)
    expect(progress).toStrictEqual([])
    expect(tookMs).toBeLessThan(1000)
  })
})

describe('given a definition that changed', () => {
  const changed = (): LanguageDefinition => {
    const bash = definitions.find(({ name }) => name === 'bash') ?? expect.fail('no bash')
    return { ...bash, aliases: [...bash.aliases, `test-${randomUUID()}`] }
  }
  const made: Array<string> = []
  const open = (definition: LanguageDefinition, test: SelfTest) =>
    openLanguageImages({
      docker,
      definitions: [definition],
      first: ['bash'],
      onProgress: () => undefined,
      selfTest: test,
    })

  const bashTags = async () =>
    (await docker.listImages({ filters: { reference: ['runledger/bash'] } }))
      .flatMap(image => image.RepoTags ?? [])
      .sort()

  afterAll(() => Promise.all(made.map(ref => docker.getImage(ref).remove())))

  it('an image that fails its self-test gets no name, and the problem says why', async () => {
    const before = await bashTags()
    const opened = open(changed(), async () => E.left('hello: expected success, saw nothing'))
    await opened.firstReady
    expect(opened.statuses()).toMatchObject([{ state: 'failed', problem: expect.stringContaining('saw nothing') }])
    expect(opened.find('bash')).toBeNull()
    expect(await bashTags()).toStrictEqual(before)
  })

  it('two processes that build it at once agree on one image', async () => {
    const definition = changed()
    const [one, other] = [open(definition, passing), open(definition, passing)]
    await Promise.all([one.settled, other.settled])
    made.push(one.find('bash')?.ref ?? '')
    expect(one.find('bash')).not.toBeNull()
    expect(one.find('bash')).toStrictEqual(other.find('bash'))
  })

  it('closing breaks it off, a self-test under way too', async () => {
    const testing = Promise.withResolvers<void>()
    const opened = open(changed(), () => {
      testing.resolve()
      return new Promise(() => undefined)
    })
    await testing.promise
    await opened.close()
    expect(opened.statuses()).toMatchObject([{ state: 'failed', problem: expect.stringContaining('closing') }])
  })
})
