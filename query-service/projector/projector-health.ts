import type { Position } from '@runledger/shared-kernel/event-log/commit.ts'
import type { LiveProjection } from './live-projection.ts'

/** `lag`: commits of the log, as far as it is known, that are not applied yet. */
type ProjectionHealth = Readonly<{ name: string; version: number; lag: number; parkedStreams: number }>

export type ProjectorHealth = Readonly<{
  healthy: boolean
  problems: ReadonlyArray<string>
  projections: ReadonlyArray<ProjectionHealth>
}>

type Facts = Readonly<{
  live: ReadonlyArray<LiveProjection>
  tails: ReadonlyMap<number, number>
  gaps: ReadonlyArray<Position>
  failure: string | null
}>

const projectionHealth =
  (tails: ReadonlyMap<number, number>) =>
  ({ projection, checkpoint, parked }: LiveProjection): ProjectionHealth => ({
    name: projection.name,
    version: projection.version,
    lag: [...tails].reduce((behind, [p, n]) => behind + Math.max(0, n - checkpoint(p)), 0),
    parkedStreams: parked.size,
  })

export const projectorHealth = ({ live, tails, gaps, failure }: Facts): ProjectorHealth => {
  const projections = live.map(projectionHealth(tails))
  const problems = [
    ...(failure === null ? [] : [failure]),
    ...gaps.map(({ p, n }) => `position ${n} of partition ${p} is missing in the log`),
    ...projections
      .filter(({ parkedStreams }) => parkedStreams > 0)
      .map(({ name, parkedStreams }) => `${parkedStreams} streams of projection ${name} are parked`),
  ]
  return { healthy: problems.length === 0, problems, projections }
}
