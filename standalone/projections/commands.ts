import type { GenerationRecord } from '@runledger/query-service/generations/generation-record.ts'
import {
  askForReplay,
  beginDropping,
  rollBack,
  startRebuild,
  swapForward,
  type Transition,
  underWay,
} from '@runledger/query-service/generations/transitions.ts'
import type { Projection } from '@runledger/query-service/projector/projection.ts'

/** What changes a projection, and when that is done. */
export type Change = Readonly<{
  transition: Transition
  /** Of the record as it was right after the change, and as it is now; the answer is what there is to say, null: wait on. */
  outcome: (after: GenerationRecord, now: GenerationRecord) => Outcome | null
  /** Waits for parked streams to have been replayed. */
  replays: boolean
}>

export type Outcome = Readonly<{ ok: boolean; line: string }>

const done = (line: string): Outcome => ({ ok: true, line })

const activeLine = ({ active }: GenerationRecord): Outcome => done(`version ${active} is read`)

const rebuilt =
  ({ version }: Projection): Change['outcome'] =>
  (after, now) => {
    const number = underWay(after, version)?.number
    const generation = now.generations.find(each => each.number === number)
    if (generation === undefined) return { ok: false, line: `version ${number} was dropped meanwhile` }
    if (generation.state === 'failed') return { ok: false, line: `version ${number} failed: ${generation.reason}` }
    if (generation.state !== 'ready') return null
    return done(now.active === number ? `version ${number} is read` : `version ${number} is ready; swap to read it`)
  }

const dropped =
  (version: number): Change['outcome'] =>
  (_, { generations }) =>
    generations.some(({ number }) => number === version) ? null : done(`version ${version} is gone`)

/** The change a command asks for; null where it is none. */
export const changeOf = (command: string, projection: Projection, argument: string | undefined): Change | null => {
  switch (command) {
    case 'rebuild': {
      const swaps = argument !== '--no-swap'
      return { transition: startRebuild(projection.version, swaps), outcome: rebuilt(projection), replays: false }
    }
    case 'swap':
      return { transition: swapForward, outcome: (_, now) => activeLine(now), replays: false }
    case 'rollback':
      return { transition: rollBack, outcome: (_, now) => activeLine(now), replays: false }
    case 'drop':
      return { transition: beginDropping(Number(argument)), outcome: dropped(Number(argument)), replays: false }
    case 'replay-parked':
      return { transition: askForReplay, outcome: () => null, replays: true }
    default:
      return null
  }
}
