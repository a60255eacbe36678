import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import Dockerode from 'dockerode'
import { openContainerChannel } from '../docker/container-channel.ts'
import { type ContainerShape, containerOptions } from '../docker/container-options.ts'
import { ensureBase } from '../images/base-image.ts'
import { contentHash } from '../images/content-hash.ts'
import { ensureImage } from '../images/ensure-image.ts'
import { takeInventory } from '../images/image-inventory.ts'
import { ensureRunner } from '../images/runner-image.ts'
import type { RunnerChannel } from './runner-channel.ts'

const docker = new Dockerode()
const mebibyte = 1024 * 1024

/** Id of an image of the base with today's runner on it: it speaks sh and Perl, which is enough to misbehave. */
export const runnerImage = async (): Promise<string> => {
  const signal = new AbortController().signal
  const workshop = { docker, signal, onProgress: () => undefined }
  const inventory = await takeInventory(docker, signal)
  const base = await ensureBase(workshop, inventory)
  const runner = await ensureRunner(workshop, inventory, base)
  const dockerfile = await readFile(join(import.meta.dirname, '../images/language.Dockerfile'))
  const name = `runledger/runner-test:${contentHash(base.id, runner.id, dockerfile.toString())}`
  const { id } = await ensureImage(workshop, inventory, name, () => ({
    subject: 'runner test',
    offline: true,
    files: [{ name: 'Dockerfile', content: dockerfile }],
    buildArgs: { TOOLCHAIN: base.name, RUNNER: runner.name },
    labels: { 'runledger.kind': 'test', 'runledger.test': 'runner' },
  }))
  return id
}

export type TestContainer = Readonly<{
  channel: RunnerChannel
  hangUp: () => void
  /** Resolves with its exit code when the container ended. */
  ended: Promise<number>
  remove: () => Promise<void>
}>

/** A started container with the options of production; whoever opens it removes it. */
export const openTestContainer = async (image: string, shape: Partial<ContainerShape> = {}): Promise<TestContainer> => {
  const options = containerOptions({
    image: { language: 'test', digest: image },
    shape: { memoryBytes: 128 * mebibyte, processes: 32, tmpfsBytes: 64 * mebibyte, ...shape },
    owner: { logId: 'runner-test', workerId: 'runner-test', incarnation: 'runner-test' },
    cpus: 2,
    runtime: null,
  })
  const container = await docker.createContainer(options)
  const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true })
  const channel = openContainerChannel(stream as Duplex, bytes => process.stderr.write(bytes))
  const ended = container.wait({ condition: 'next-exit' }).then(({ StatusCode }: { StatusCode: number }) => StatusCode)
  await container.start()
  return { channel, hangUp: channel.hangUp, ended, remove: () => container.remove({ force: true }) }
}
