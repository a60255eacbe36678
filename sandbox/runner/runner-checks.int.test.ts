import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { ensureBase } from '../images/base-image.ts'
import { contextFiles } from '../images/build-context.ts'
import { contentHash } from '../images/content-hash.ts'
import { ensureImage } from '../images/ensure-image.ts'
import { takeInventory } from '../images/image-inventory.ts'
import { ensureToolchain } from '../images/toolchain-image.ts'
import { loadLanguageDefinitions } from '../languages/load-languages.ts'

const docker = new Dockerode()
const here = import.meta.dirname

const compilerImage = async (workshop: Parameters<typeof ensureToolchain>[0]) => {
  const definitions = await loadLanguageDefinitions()
  const c = E.isRight(definitions) ? definitions.right.find(({ name }) => name === 'c') : undefined
  if (c === undefined) throw new Error('the language C is not there')
  return ensureToolchain(workshop, c)
}

it('the parsers and counters of the runner hold under sanitizers', async () => {
  const signal = new AbortController().signal
  const inventory = await takeInventory(docker, signal)
  const workshop = { docker, signal, onProgress: () => undefined }
  const base = await ensureBase(workshop, inventory)
  const compiler = await compilerImage({ ...workshop, inventory, base })
  const dockerfile = { name: 'Dockerfile', content: await readFile(join(here, 'checks/Dockerfile')) }
  const sources = await contextFiles(here, name => /^(checks\/)?[^/]+\.[ch]$|^checks\/cgroups\//.test(name))
  const name = `runledger/runner-checks:${contentHash(compiler.id, dockerfile, ...sources)}`
  const { id } = await ensureImage(workshop, inventory, name, () => ({
    subject: 'runner checks',
    offline: true,
    files: [dockerfile, ...sources.map(file => ({ ...file, name: `runner/${file.name}` }))],
    buildArgs: { TOOLCHAIN: compiler.name },
    labels: { 'runledger.kind': 'test', 'runledger.test': 'runner' },
  }))
  expect(id).toMatch(/^sha256:/)
}, 600_000)
