import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { loadLanguageDefinitions } from '../languages/load-languages.ts'
import { openLanguageImages } from './language-images.ts'

const open = async () => {
  const definitions = E.getOrElseW(() => [])(await loadLanguageDefinitions())
  const progress: Array<string> = []
  const images = openLanguageImages({
    docker: new Dockerode({ socketPath: '/nonexistent/docker.sock' }),
    definitions,
    first: ['python'],
    onProgress: line => progress.push(line),
    selfTest: () => expect.fail('nothing can be tested'),
  })
  return { definitions, images, progress }
}

describe('given no Docker daemon', () => {
  it('every language fails, in words, and nothing rejects', async () => {
    const { definitions, images, progress } = await open()
    await images.firstReady
    await images.settled
    expect(images.statuses()).toStrictEqual(
      definitions.map(definition => ({
        definition,
        state: 'failed',
        version: null,
        digest: null,
        problem: expect.stringContaining('the Docker daemon does not answer'),
      })),
    )
    expect(images.find('python')).toBeNull()
    expect(progress).toHaveLength(definitions.length)
  })

  it('every language is building until that is known', async () => {
    const { definitions, images } = await open()
    expect(images.statuses().map(({ state }) => state)).toStrictEqual(definitions.map(() => 'building'))
    await images.close()
  })
})
