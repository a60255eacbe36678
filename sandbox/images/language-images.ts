import type Dockerode from 'dockerode'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import { ensureBase } from './base-image.ts'
import { takeInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { ensureLanguageImage, type LanguageWorkshop, type ReadyImage, type SelfTest } from './language-image.ts'
import { problemInWords } from './problem-in-words.ts'
import { ensureRunner } from './runner-image.ts'

export type LanguageStatus = Readonly<{
  definition: LanguageDefinition
  state: 'ready' | 'building' | 'failed'
  version: string | null
  digest: string | null
  /** In words, where the state is `failed`. */
  problem: string | null
}>

export type LanguageImages = Readonly<{
  /** Every language named in `first` is ready or has failed. Never rejects: `statuses` says how it went. */
  firstReady: Promise<void>
  /** The same of all languages. */
  settled: Promise<void>
  /** By canonical name; null while it is not ready. */
  find: (name: string) => ReadyImage | null
  statuses: () => ReadonlyArray<LanguageStatus>
  /** Breaks off what is being built. */
  close: () => Promise<void>
}>

export type LanguageImagesOptions = Readonly<{
  docker: Dockerode
  /** In order of priority. */
  definitions: ReadonlyArray<LanguageDefinition>
  first: ReadonlyArray<string>
  onProgress: (line: string) => void
  selfTest: SelfTest
}>

/** Sees to it that every language has its image, one after another, those of `first` before the others. */
export const openLanguageImages = (options: LanguageImagesOptions): LanguageImages => {
  const { docker, definitions, onProgress, selfTest } = options
  const closing = new AbortController()
  let laid: Promise<LanguageWorkshop> | null = null
  const workshop = () => {
    laid ??= layFoundations({ docker, onProgress, signal: closing.signal }, selfTest)
    return laid
  }
  const unlessClosed = abandonOn(closing.signal)
  const states = new Map<string, State>()

  const prepare = async (definition: LanguageDefinition): Promise<void> => {
    const state = await stateOf(async () =>
      unlessClosed(ensureLanguageImage(await unlessClosed(workshop()), definition)),
    )
    states.set(definition.name, state)
    if (state._tag === 'failed' && !closing.signal.aborted)
      onProgress(`${definition.name}: failed: ${state.problem.split('\n', 1).join()}`)
  }
  const isFirst = ({ name }: LanguageDefinition) => options.first.includes(name)
  const firstReady = inTurn(definitions.filter(isFirst), prepare)
  const settled = firstReady.then(() =>
    inTurn(
      definitions.filter(definition => !isFirst(definition)),
      prepare,
    ),
  )

  return {
    firstReady,
    settled,
    find: name => {
      const state = states.get(name)
      return state?._tag === 'ready' ? state.image : null
    },
    statuses: () => definitions.map(definition => statusOf(definition, states.get(definition.name))),
    close: () => {
      closing.abort(new Error('the service is closing'))
      return settled
    },
  }
}

type State = Readonly<{ _tag: 'ready'; image: ReadyImage } | { _tag: 'failed'; problem: string }>

const stateOf = async (prepare: () => Promise<ReadyImage>): Promise<State> => {
  try {
    return { _tag: 'ready', image: await prepare() }
  } catch (cause) {
    return { _tag: 'failed', problem: problemInWords(cause) }
  }
}

/** Work that hears of the signal late, or not at all, is not waited for. */
const abandonOn = (signal: AbortSignal) => {
  const { promise: aborted, reject } = Promise.withResolvers<never>()
  aborted.catch(() => undefined)
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  return <A>(work: Promise<A>): Promise<A> => Promise.race([aborted, work])
}

const layFoundations = async (workshop: ImageWorkshop, selfTest: SelfTest): Promise<LanguageWorkshop> => {
  const inventory = await takeInventory(workshop.docker, workshop.signal)
  const base = await ensureBase(workshop, inventory)
  const runner = await ensureRunner(workshop, inventory, base)
  return { ...workshop, inventory, base, runner, selfTest }
}

const inTurn = async <A>(items: ReadonlyArray<A>, act: (item: A) => Promise<void>): Promise<void> => {
  for (const item of items) await act(item)
}

const statusOf = (definition: LanguageDefinition, state: State | undefined): LanguageStatus => ({
  definition,
  state: state?._tag ?? 'building',
  version: state?._tag === 'ready' ? state.image.version : null,
  digest: state?._tag === 'ready' ? state.image.digest : null,
  problem: state?._tag === 'failed' ? state.problem : null,
})
