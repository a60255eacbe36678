import * as E from 'fp-ts/lib/Either.js'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { Limits } from '../sandbox.ts'
import type { DockerFault } from './docker-fault.ts'

type ContainerLimits = Pick<Limits, 'memoryBytes' | 'processes'>

/** Limits below those a container has, which it is being given while programs run in it already. */
export type ComingLimits = Readonly<{
  limits: ContainerLimits
  /** Whether they have come, and a run that ended there cannot have gone otherwise than it would have gone within them. */
  allow: (run: PhaseResult) => Promise<boolean>
}>

// Kernels note the most that was used without a lock: processors that count at once may miss each other.
const trusted = 3 / 4

/** The most that was ever used in the container leaves room: no limit of these could have refused this run anything. */
const wereNeverNear = ({ memoryBytes, processes }: ContainerLimits, { ever, oomKills, pidsRefused }: PhaseResult) =>
  ever.memoryBytes !== null &&
  ever.memoryBytes <= trusted * memoryBytes &&
  ever.processes !== null &&
  ever.processes <= trusted * processes &&
  oomKills === 0 &&
  pidsRefused === 0

export const isWithin = (lower: ContainerLimits, upper: ContainerLimits): boolean =>
  lower.memoryBytes <= upper.memoryBytes && lower.processes <= upper.processes

export const areSame = (one: ContainerLimits, other: ContainerLimits): boolean =>
  isWithin(one, other) && isWithin(other, one)

export const createComingLimits = (
  limits: ContainerLimits,
  set: Promise<E.Either<DockerFault, void>>,
): ComingLimits => ({ limits, allow: async run => wereNeverNear(limits, run) && E.isRight(await set) })
