import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { NamedImage } from './base-image.ts'
import { buildImage } from './build-image.ts'
import { contentHash } from './content-hash.ts'
import type { ImageInventory, StoredImage } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { publishImage } from './publish-image.ts'
import { readVersion } from './read-version.ts'
import { ensureToolchain, nameToolchain } from './toolchain-image.ts'

/** An image programs can run on. `digest` is its id; `version` what the language's own tool calls itself. */
export type ReadyImage = Readonly<{ definition: LanguageDefinition; ref: string; digest: string; version: string }>

/** Runs a definition's self-test on an image that has no name yet. Left says which case failed, and how. */
export type SelfTest = (definition: LanguageDefinition, imageRef: string) => Promise<Either<string, void>>

/** What every language image is made with. */
export type LanguageWorkshop = ImageWorkshop &
  Readonly<{ inventory: ImageInventory; base: NamedImage; runner: NamedImage; selfTest: SelfTest }>

const versionLabel = 'runledger.version'

const recipe = async () => ({
  name: 'Dockerfile',
  content: await readFile(join(import.meta.dirname, 'language.Dockerfile')),
})

/** What a language's image is called: after everything it is made of, its self-test included. */
export const nameLanguageImage = async (
  { base, runner }: Pick<LanguageWorkshop, 'base' | 'runner'>,
  definition: LanguageDefinition,
): Promise<string> => {
  const toolchain = await nameToolchain(base, definition)
  const hash = contentHash(toolchain, runner.id, await recipe(), JSON.stringify(definition))
  return `runledger/${definition.name}:${hash}`
}

/** The image of a language: as found, or built, asked for its version, and named once its self-test has passed. */
export const ensureLanguageImage = async (
  workshop: LanguageWorkshop,
  definition: LanguageDefinition,
): Promise<ReadyImage> => {
  const ref = await nameLanguageImage(workshop, definition)
  const image = workshop.inventory.get(ref) ?? (await makeImage(workshop, definition, ref))
  return readyImage(definition, ref, image)
}

/** The image of that name as one that programs can run on. */
export const readyImage = (definition: LanguageDefinition, ref: string, image: StoredImage): ReadyImage => ({
  definition,
  ref,
  digest: image.id,
  version: image.labels[versionLabel] ?? '',
})

const makeImage = async (
  workshop: LanguageWorkshop,
  definition: LanguageDefinition,
  ref: string,
): Promise<StoredImage> => {
  const { name, versionArgv } = definition
  const toolchain = await ensureToolchain(workshop, definition)
  const version = await readVersion(workshop, toolchain, versionArgv)
  const id = await buildImage(workshop, {
    subject: name,
    offline: true,
    files: [await recipe()],
    buildArgs: { TOOLCHAIN: toolchain.name, RUNNER: workshop.runner.name },
    labels: { 'runledger.kind': 'language', 'runledger.language': name, [versionLabel]: version },
  })
  const verdict = await workshop.selfTest(definition, id)
  if (isLeft(verdict)) throw new Error(`${name}: the self-test failed: ${verdict.left}`)
  workshop.onProgress(`${name}: ready (${version})`)
  return publishImage(workshop.docker, id, ref)
}
