import { buildImage } from '@runledger/sandbox/images/build-image.ts'
import { inspectImage } from '@runledger/sandbox/images/publish-image.ts'
import Dockerode from 'dockerode'
import { vi } from 'vitest'

export type OlderImage = Readonly<{
  digest: string
  /** Removes it once no container needs it any more; nothing where it is gone. */
  remove: () => Promise<void>
}>

/** An image of a language as it might have been before an upgrade: like that one, with the file `/marker` more. */
export const makeOlderImage = async (digest: string): Promise<OlderImage> => {
  const docker = new Dockerode()
  const built = await buildImage(
    { docker, signal: new AbortController().signal, onProgress: () => undefined },
    {
      subject: 'older image',
      files: [
        { name: 'Dockerfile', content: Buffer.from(`FROM ${digest.replace('sha256:', '')}\nCOPY marker /marker\n`) },
        { name: 'marker', content: Buffer.from('older') },
      ],
      buildArgs: {},
      labels: {},
    },
  )
  const remove = async (): Promise<void> => {
    if ((await inspectImage(docker, built)) !== null) await docker.getImage(built).remove()
  }
  return { digest: built, remove: () => vi.waitFor(remove, { timeout: 20_000 }) }
}
