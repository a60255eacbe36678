import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { ReadyImage } from '../images/language-image.ts'
import { openLanguageImages } from '../images/language-images.ts'
import { loadLanguageDefinitions } from '../languages/load-languages.ts'
import { createSelfTest } from './self-test.ts'
import { testOwner } from './test-sandbox.ts'

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** The language as it is in production: built where it is not there. */
export const pythonImage = async (docker: Dockerode): Promise<ReadyImage> => {
  const loaded = await loadLanguageDefinitions()
  const definitions = E.isRight(loaded) ? loaded.right.filter(({ name }) => name === 'python') : []
  const selfTest = createSelfTest({ docker, owner: testOwner(), cpus: 1, runtime: null, log })
  const images = openLanguageImages({ docker, definitions, first: ['python'], onProgress: () => undefined, selfTest })
  await images.settled
  const image = images.find('python')
  if (image === null) throw new Error(`no image of Python: ${images.statuses()[0]?.problem}`)
  return image
}
