import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Limits } from '../sandbox.ts'
import type { ContainerOwner, ContainerPlan, ContainerShape } from './container-options.ts'
import { sharePlaces } from './pool-plan.ts'
import { firstShape } from './program.ts'
import { createUsualShapes } from './usual-shapes.ts'

/** An image programs of one language can run on now. */
export type LanguageImage = Readonly<{ definition: LanguageDefinition; digest: string; version: string }>

export type LanguageStockOptions = Readonly<{
  find: (language: string) => LanguageImage | null
  owner: ContainerOwner
  cpus: number
  runtime: string | null
  /** Kept warm before anything ran, most wanted first. */
  languages: ReadonlyArray<string>
  /** Limits of a run that names none, before the language's factors. */
  usual: Readonly<{ limits: Limits; compileLimits: Limits }>
  places: number
  depth: number
}>

export type LanguageStock = Readonly<{
  plan: (image: LanguageImage, shape: ContainerShape) => ContainerPlan
  /** Remembers what a run asked for, so that what is made ahead fits the next. */
  used: (language: string, shape: ContainerShape) => void
  /** What should wait warm: the languages used last, in the shape they are mostly used in. */
  wanted: () => ReadonlyArray<Readonly<{ plan: ContainerPlan; places: number }>>
}>

export const createLanguageStock = (options: LanguageStockOptions): LanguageStock => {
  const shapes = createUsualShapes()
  let recent = options.languages

  const plan: LanguageStock['plan'] = ({ definition, digest }, shape) => ({
    image: { language: definition.name, digest },
    shape,
    owner: options.owner,
    cpus: options.cpus,
    runtime: options.runtime,
  })

  const usualPlan = (image: LanguageImage): ContainerPlan =>
    plan(
      image,
      shapes.of(image.definition.name) ?? firstShape(image.definition, scaled(image.definition, options.usual)),
    )

  return {
    plan,
    used: (language, shape) => {
      recent = [language, ...recent.filter(other => other !== language)]
      shapes.saw(language, shape)
    },
    wanted: () => {
      const images = new Map(recent.map(language => [language, options.find(language)]))
      const ready = recent.filter(language => images.get(language) != null)
      const shares = sharePlaces(ready, options.places, options.depth)
      return ready.flatMap(language => {
        const image = images.get(language)
        const places = shares.get(language) ?? 0
        return image == null || places === 0 ? [] : [{ plan: usualPlan(image), places }]
      })
    },
  }
}

const scale = (limits: Limits, factors: Readonly<Partial<Record<keyof Limits, number | undefined>>>): Limits => ({
  ...limits,
  memoryBytes: Math.round(limits.memoryBytes * (factors.memoryBytes ?? 1)),
  processes: Math.round(limits.processes * (factors.processes ?? 1)),
  tmpfsBytes: Math.round(limits.tmpfsBytes * (factors.tmpfsBytes ?? 1)),
})

const scaled = (definition: LanguageDefinition, usual: LanguageStockOptions['usual']) => ({
  files: [],
  entry: definition.fileName,
  args: [],
  stdin: new Uint8Array(),
  limits: scale(usual.limits, definition.runFactors),
  compileLimits: scale(usual.compileLimits, definition.compileFactors),
})
