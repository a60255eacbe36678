import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import Dockerode from 'dockerode'
import { expect, it } from 'vitest'
import { ensureBase } from '../images/base-image.ts'
import { contextFiles } from '../images/build-context.ts'
import { contentHash } from '../images/content-hash.ts'
import { ensureImage } from '../images/ensure-image.ts'
import { takeInventory } from '../images/image-inventory.ts'

const docker = new Dockerode()
const here = import.meta.dirname
const mebibyte = 1024 * 1024

/** More of them find more: an hour is well spent after a change of the protocol. */
const seconds = Number(process.env['FUZZ_SECONDS'] || 10)

const fuzzerImage = async (): Promise<string> => {
  const signal = new AbortController().signal
  const inventory = await takeInventory(docker, signal)
  const workshop = { docker, signal, onProgress: () => undefined }
  const base = await ensureBase(workshop, inventory)
  const dockerfile = { name: 'Dockerfile', content: await readFile(join(here, 'fuzz/Dockerfile')) }
  const sources = await contextFiles(here, name => /^(fuzz\/)?[^/]+\.[ch]$|^fuzz\/corpus\//.test(name))
  const name = `runledger/runner-fuzz:${contentHash(base.id, dockerfile, ...sources)}`
  const { id } = await ensureImage(workshop, inventory, name, () => ({
    subject: 'runner fuzz',
    files: [dockerfile, ...sources.map(file => ({ ...file, name: `runner/${file.name}` }))],
    buildArgs: { BASE: base.name },
    labels: { 'runledger.kind': 'test', 'runledger.test': 'runner' },
  }))
  return id
}

const fuzz = async (image: string) => {
  const bounds = [`-max_total_time=${seconds}`, '-timeout=5', '-rss_limit_mb=800', '-max_len=20000', '-verbosity=0']
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: ['/fuzz-frames'],
    Cmd: [...bounds, '-print_final_stats=1', '/runner/fuzz/corpus'],
    Tty: true,
    HostConfig: {
      NetworkMode: 'none',
      Memory: 1024 * mebibyte,
      Tmpfs: { '/box': 'rw,nosuid,nodev,size=64m,uid=65534,gid=65534,mode=0700' },
    },
  })
  try {
    const output = await container.attach({ stream: true, stdout: true, stderr: true })
    await container.start()
    const [said, { StatusCode: status }] = await Promise.all([text(output), container.wait()])
    return { status, said, runs: Number(/number_of_executed_units: (\d+)/.exec(said)?.[1] ?? 0) }
  } finally {
    await container.remove({ force: true })
  }
}

it('the runner reads whatever a host may send without harm', async () => {
  const { status, said, runs } = await fuzz(await fuzzerImage())
  expect(status, said.slice(-4_000)).toBe(0)
  expect(runs).toBeGreaterThan(1_000)
}, 900_000)
