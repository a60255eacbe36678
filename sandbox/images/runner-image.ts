import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NamedImage } from './base-image.ts'
import { contextFiles } from './build-context.ts'
import { contentHash } from './content-hash.ts'
import { ensureImage } from './ensure-image.ts'
import type { ImageInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'

const sources = join(import.meta.dirname, '../runner')
const isSource = (name: string): boolean => /^[^/]+\.[ch]$/.test(name)

const recipe = async () => ({
  dockerfile: { name: 'Dockerfile', content: await readFile(join(import.meta.dirname, 'runner.Dockerfile')) },
  files: await contextFiles(sources, isSource),
})

/** What the compiled runner is called: after its sources and the base it is compiled on. */
export const nameRunner = async (base: NamedImage): Promise<string> => {
  const { dockerfile, files } = await recipe()
  return `runledger/runner:${contentHash(base.id, dockerfile, ...files)}`
}

/** The compiled runner. */
export const ensureRunner = async (
  workshop: ImageWorkshop,
  inventory: ImageInventory,
  base: NamedImage,
): Promise<NamedImage> => {
  const { dockerfile, files } = await recipe()
  const name = await nameRunner(base)
  const { id } = await ensureImage(workshop, inventory, name, () => ({
    subject: 'runner',
    files: [dockerfile, ...files.map(file => ({ ...file, name: `runner/${file.name}` }))],
    buildArgs: { BASE: base.name },
    labels: { 'runledger.kind': 'runner' },
  }))
  return { name, id }
}
