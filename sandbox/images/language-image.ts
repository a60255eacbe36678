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

/** The image of a language: as found, or built, asked for its version, and named once its self-test has passed. */
export const ensureLanguageImage = async (
  workshop: LanguageWorkshop,
  definition: LanguageDefinition,
): Promise<ReadyImage> => {
  const content = await readFile(join(import.meta.dirname, 'language.Dockerfile'))
  const dockerfile = { name: 'Dockerfile', content }
  const toolchain = await nameToolchain(workshop.base, definition)
  const hash = contentHash(toolchain, workshop.runner.id, dockerfile, JSON.stringify(definition))
  const ref = `runledger/${definition.name}:${hash}`
  const image = workshop.inventory.get(ref) ?? (await makeImage(workshop, definition, { ref, dockerfile }))
  return { definition, ref, digest: image.id, version: image.labels[versionLabel] ?? '' }
}

const makeImage = async (
  workshop: LanguageWorkshop,
  definition: LanguageDefinition,
  { ref, dockerfile }: Readonly<{ ref: string; dockerfile: { name: string; content: Buffer } }>,
): Promise<StoredImage> => {
  const { name, versionArgv } = definition
  const toolchain = await ensureToolchain(workshop, definition)
  const version = await readVersion(workshop, toolchain, versionArgv)
  const id = await buildImage(workshop, {
    subject: name,
    files: [dockerfile],
    buildArgs: { TOOLCHAIN: toolchain.name, RUNNER: workshop.runner.name },
    labels: { 'runledger.kind': 'language', 'runledger.language': name, [versionLabel]: version },
  })
  const verdict = await workshop.selfTest(definition, id)
  if (isLeft(verdict)) throw new Error(`${name}: the self-test failed: ${verdict.left}`)
  workshop.onProgress(`${name}: ready (${version})`)
  return publishImage(workshop.docker, id, ref)
}
