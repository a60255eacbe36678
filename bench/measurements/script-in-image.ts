import { containerOptions } from '@runledger/sandbox/docker/container-options.ts'
import type Docker from 'dockerode'
import { benchPlan } from './plain-container.ts'

type Script = Readonly<{
  image: string
  cpus: number
  text: string
  /** The environment's `SOURCE`. */
  source?: string
}>

const readAll = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const pieces: Array<Buffer> = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('latin1')
}

/**
 * Runs a shell script in one container of the image that does nothing else, and answers the numbers of its line
 * `took <number>...`.
 */
export const scriptInImage = async (
  docker: Docker,
  { image, cpus, text, source = '' }: Script,
): Promise<ReadonlyArray<number>> => {
  const container = await docker.createContainer({
    ...containerOptions({ ...benchPlan(image), cpus }),
    Entrypoint: ['sh', '-c', text],
    Env: [`SOURCE=${source}`],
    User: '65534:65534',
    OpenStdin: false,
    StdinOnce: false,
    AttachStdin: false,
  })
  try {
    const output = readAll(await container.attach({ stream: true, stdout: true, stderr: true }))
    await container.start()
    const took = /took ([\d ]+)/.exec(await output)?.[1]
    if (took === undefined) throw new Error(`the bare programs did not end: ${await output}`)
    return took.trim().split(' ').map(Number)
  } finally {
    await container.remove({ force: true })
  }
}
