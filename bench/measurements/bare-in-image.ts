import { containerOptions } from '@runledger/sandbox/docker/container-options.ts'
import type Docker from 'dockerode'
import { benchPlan } from './plain-container.ts'

const script = (count: number, atOnce: number) =>
  `began=$(date +%s%N); seq ${count} | xargs -P ${atOnce} -I{} python3 -c 'print(1)'; echo took $(($(date +%s%N) - began))`

export const readAll = async (stream: NodeJS.ReadableStream): Promise<string> => {
  const pieces: Array<Buffer> = []
  for await (const piece of stream) pieces.push(Buffer.from(piece))
  return Buffer.concat(pieces).toString('latin1')
}

/**
 * Fork and exec of the very interpreter that Runledger's programs run on, in one container that is started beforehand and
 * does nothing else: runs per second, `atOnce` in parallel.
 */
export const bareInImage = async (docker: Docker, image: string, count: number, atOnce: number): Promise<number> => {
  const container = await docker.createContainer({
    ...containerOptions({ ...benchPlan(image), cpus: atOnce }),
    Entrypoint: ['sh', '-c', script(count, atOnce)],
    User: '65534:65534',
    OpenStdin: false,
    StdinOnce: false,
    AttachStdin: false,
  })
  try {
    const output = readAll(await container.attach({ stream: true, stdout: true, stderr: true }))
    await container.start()
    const took = /took (\d+)/.exec(await output)?.[1]
    if (took === undefined) throw new Error('the bare programs did not end')
    return (count * 1e9) / Number(took)
  } finally {
    await container.remove({ force: true })
  }
}
