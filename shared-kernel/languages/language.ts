import * as t from 'io-ts'
import type { Limits } from '../types/limits.ts'

const factor = t.refinement(t.number, value => Number.isFinite(value) && value > 0, 'Factor')

const factorsByLimit: Readonly<Record<keyof Limits, typeof factor>> = {
  cpuTimeMs: factor,
  wallTimeMs: factor,
  memoryBytes: factor,
  processes: factor,
  outputBytes: factor,
  fileBytes: factor,
  tmpfsBytes: factor,
  stackBytes: factor,
}

const factors = t.exact(t.partial(factorsByLimit))

const known = t.strict({
  name: t.string,
  aliases: t.readonlyArray(t.string),
  /** File name given to a submission sent as `code`. */
  fileName: t.string,
  compiled: t.boolean,
  runFactors: factors,
  compileFactors: factors,
  state: t.union([t.literal('ready'), t.literal('building'), t.literal('failed')]),
  /** Null until the image is there. */
  version: t.union([t.string, t.null]),
  image: t.union([t.string, t.null]),
})

/** What a worker of an earlier version does not announce: the compiler options a submission may name. */
const announcedLater = t.exact(t.partial({ compileOptions: t.readonlyArray(t.string) }))

/** What the write side and the clients need to know of a language. Factors scale the default limits of a phase. */
export const language = t.readonly(t.intersection([known, announcedLater]), 'Language')
export type Language = t.TypeOf<typeof language>
