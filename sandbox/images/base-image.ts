import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash } from './content-hash.ts'
import { ensureDebian } from './debian-image.ts'
import { ensureImage } from './ensure-image.ts'
import type { ImageInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'

/** An image others are built on: what a Dockerfile calls it, and which one exactly. */
export type NamedImage = Readonly<{ name: string; id: string }>

/** What every language image stands on, named after how it is made. */
export const ensureBase = async (workshop: ImageWorkshop, inventory: ImageInventory): Promise<NamedImage> => {
  const content = await readFile(join(import.meta.dirname, 'base.Dockerfile'))
  const name = `runledger/base:${contentHash({ name: 'Dockerfile', content })}`
  const { id } = await ensureImage(workshop, inventory, name, async () => ({
    subject: 'base',
    files: [{ name: 'Dockerfile', content }],
    buildArgs: { DEBIAN: await ensureDebian(workshop, inventory) },
    labels: { 'runledger.kind': 'base' },
  }))
  return { name, id }
}
