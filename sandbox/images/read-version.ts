import { text } from 'node:stream/consumers'
import type { NamedImage } from './base-image.ts'
import type { ImageWorkshop } from './image-workshop.ts'

/** The version a language's tool gives itself, run once in a container of the image. */
export const readVersion = async (
  { docker, signal }: ImageWorkshop,
  image: NamedImage,
  argv: ReadonlyArray<string>,
): Promise<string> => {
  const container = await docker.createContainer({
    Image: image.name,
    Entrypoint: [argv[0] ?? ''],
    Cmd: argv.slice(1),
    Labels: { 'runledger.kind': 'version' },
    // With a terminal the output comes as plain bytes, unframed.
    Tty: true,
    AttachStdout: true,
    HostConfig: { NetworkMode: 'none', CapDrop: ['ALL'], LogConfig: { Type: 'none', Config: {} } },
    abortSignal: signal,
  })
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true, abortSignal: signal })
    await container.start({ abortSignal: signal })
    const said = await text(output)
    const [version] = /\d+(\.\d+)+/.exec(said) ?? []
    if (version === undefined) throw new Error(`${argv.join(' ')} names no version: ${said.trim()}`)
    return version
  } finally {
    await container.remove({ force: true })
  }
}
