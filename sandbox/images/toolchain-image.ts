import { join } from 'node:path'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import { languagesFolder } from '../languages/languages-folder.ts'
import type { NamedImage } from './base-image.ts'
import { type ContextFile, contextFiles } from './build-context.ts'
import { contentHash } from './content-hash.ts'
import { ensureImage } from './ensure-image.ts'
import type { ImageInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { npmPackages } from './npm-packages.ts'

/** What a language's toolchain is called: after its folder and the base under it, so it is built once. */
export const nameToolchain = async (base: NamedImage, definition: LanguageDefinition): Promise<string> =>
  `runledger/${definition.name}:toolchain-${contentHash(base.id, ...definition.npmPackages, ...(await files(definition)))}`

/** A language's compiler and libraries, without the runner. */
export const ensureToolchain = async (
  workshop: ImageWorkshop & Readonly<{ inventory: ImageInventory; base: NamedImage }>,
  definition: LanguageDefinition,
): Promise<NamedImage> => {
  const name = await nameToolchain(workshop.base, definition)
  const { id } = await ensureImage(workshop, workshop.inventory, name, async () => ({
    subject: definition.name,
    files: [...(await files(definition)), ...(await npmPackages(workshop, definition.npmPackages))],
    buildArgs: { BASE: workshop.base.name },
    labels: { 'runledger.kind': 'toolchain', 'runledger.language': definition.name },
  }))
  return { name, id }
}

const files = ({ name }: LanguageDefinition): Promise<ReadonlyArray<ContextFile>> =>
  contextFiles(join(languagesFolder, name), file => file !== 'language.json')
