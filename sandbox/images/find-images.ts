import type Dockerode from 'dockerode'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import { nameBase } from './base-image.ts'
import { takeInventory } from './image-inventory.ts'
import { nameLanguageImage, type ReadyImage, readyImage } from './language-image.ts'
import { nameRunner } from './runner-image.ts'

/** Those of the languages whose image, as their folders say it must be, is there. Builds nothing. */
export const findImages = async (
  docker: Dockerode,
  definitions: ReadonlyArray<LanguageDefinition>,
): Promise<ReadonlyArray<ReadyImage>> => {
  const inventory = await takeInventory(docker, new AbortController().signal)
  const named = (name: string) => {
    const image = inventory.get(name)
    return image === undefined ? null : { name, id: image.id }
  }
  const base = named(await nameBase())
  const runner = base === null ? null : named(await nameRunner(base))
  if (base === null || runner === null) return []
  const found = definitions.map(async definition => {
    const ref = await nameLanguageImage({ base, runner }, definition)
    const image = inventory.get(ref)
    return image === undefined ? [] : [readyImage(definition, ref, image)]
  })
  return (await Promise.all(found)).flat()
}
