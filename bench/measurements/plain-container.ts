import { containerOptions } from '@runledger/sandbox/docker/container-options.ts'
import type Docker from 'dockerode'

const mebibyte = 1024 * 1024

/** A container like those of Runledger, with limits of its own. */
export const benchPlan = (image: string) => ({
  image: { language: 'python', digest: image },
  shape: { memoryBytes: 256 * mebibyte, processes: 64, tmpfsBytes: 64 * mebibyte },
  owner: { logId: 'bench', workerId: 'bench', incarnation: 'bench' },
  cpus: 1,
  runtime: null,
})

export type Networking = 'network none' | 'networking disabled'

/**
 * What one gets from Docker without Runledger: a new container for each run, with the same host configuration, through
 * the same client library: create, attach, start, wait, remove. `networking disabled` also skips the daemon's part in
 * `network none`, as Runledger's own containers do.
 */
export const plainContainerRun = (docker: Docker, image: string, networking: Networking) => async (): Promise<void> => {
  const container = await docker.createContainer({
    ...containerOptions(benchPlan(image)),
    Entrypoint: ['python3', '-c', 'print(1)'],
    User: '65534:65534',
    OpenStdin: false,
    StdinOnce: false,
    AttachStdin: false,
    NetworkDisabled: networking === 'networking disabled',
  })
  const output = await container.attach({ stream: true, stdout: true, stderr: true })
  output.resume()
  const ended = container.wait({ condition: 'next-exit' })
  await container.start()
  const { StatusCode } = (await ended) as { StatusCode: number }
  await container.remove()
  if (StatusCode !== 0) throw new Error(`the plain container ended with ${StatusCode}`)
}
