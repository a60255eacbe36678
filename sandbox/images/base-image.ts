import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { contentHash } from './content-hash.ts'
import { ensureDebian } from './debian-image.ts'
import { ensureImage } from './ensure-image.ts'
import type { ImageInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'

/** An image others are built on: what a Dockerfile calls it, and which one exactly. */
export type NamedImage = Readonly<{ name: string; id: string }>

const recipe = async () => ({
  name: 'Dockerfile',
  content: await readFile(join(import.meta.dirname, 'base.Dockerfile')),
})

/** What the base is called: after how it is made. */
export const nameBase = async (): Promise<string> => `runledger/base:${contentHash(await recipe())}`

/** What every language image stands on. */
export const ensureBase = async (workshop: ImageWorkshop, inventory: ImageInventory): Promise<NamedImage> => {
  const name = await nameBase()
  const { id } = await ensureImage(workshop, inventory, name, async () => ({
    subject: 'base',
    files: [await recipe()],
    buildArgs: { DEBIAN: await ensureDebian(workshop, inventory) },
    labels: { 'runledger.kind': 'base' },
  }))
  return { name, id }
}
