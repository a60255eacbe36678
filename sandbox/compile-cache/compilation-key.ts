import { createHash, createHmac, randomBytes } from 'node:crypto'
import type { Limits, SourceFile } from '../sandbox.ts'

/** All that what a compilation makes depends on, and whose it is. */
export type CompilationInputs = Readonly<{
  tenant: string
  /** Digest of the image. */
  image: string
  language: string
  argv: ReadonlyArray<string>
  env: Readonly<Record<string, string>>
  limits: Limits
  files: ReadonlyArray<SourceFile>
}>

/** `place` is where an entry lies, `secret` what it is sealed with: neither tells the other, nor anything of the inputs. */
export type CompilationKey = Readonly<{ place: string; secret: Uint8Array }>

type Entries<Value> = ReadonlyArray<readonly [string, Value]>

const byName = <Value>(entries: Entries<Value>): Entries<Value> =>
  entries.toSorted(([one], [other]) => (one < other ? -1 : Number(one > other)))

// The sizes in the head say where each content ends: no two inputs have one encoding.
const digestOf = ({ tenant, image, language, argv, env, limits, files }: CompilationInputs): Uint8Array => {
  const sorted = byName(files.map(file => [file.name, file] as const))
  const sizes = sorted.map(([name, { content, isExecutable }]) => [name, content.length, isExecutable === true])
  const whole = [tenant, image, language, argv, byName(Object.entries(env)), byName(Object.entries(limits)), sizes]
  const head = Buffer.from(JSON.stringify(whole))
  const hash = createHash('sha256').update(`${head.length}\n`).update(head)
  for (const [, { content }] of sorted) hash.update(content)
  return hash.digest()
}

/**
 * Answers keys that only this process can make, and only from the same inputs: what is sealed under one can be opened by
 * nobody who has not got them, with everything in this process's memory in hand.
 */
export const createCompilationKeys = (): ((inputs: CompilationInputs) => CompilationKey) => {
  const ofProcess = randomBytes(32)
  const derive = (purpose: string, digest: Uint8Array) =>
    createHmac('sha256', ofProcess).update(purpose).update(digest).digest()
  return inputs => {
    const digest = digestOf(inputs)
    return { place: derive('place', digest).toString('hex'), secret: derive('secret', digest) }
  }
}
