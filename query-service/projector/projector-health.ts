import type { FeedHealth } from '@runledger/shared-kernel/feed/follow-feed.ts'
import type { LiveProjection } from './live-projection.ts'

/** `lag`: commits of this process's partitions, as far as the log is known, that are not applied yet. */
type ProjectionHealth = Readonly<{ name: string; version: number; lag: number; parkedStreams: number }>

export type ProjectorHealth = Readonly<{
  healthy: boolean
  problems: ReadonlyArray<string>
  projections: ReadonlyArray<ProjectionHealth>
  /** How many partitions this process projects. */
  partitions: number
}>

type Facts = Readonly<{ live: ReadonlyArray<LiveProjection>; feed: FeedHealth; partitions: number }>

const projectionHealth =
  (tails: ReadonlyMap<number, number>) =>
  ({ projection, checkpoint, parked }: LiveProjection): ProjectionHealth => ({
    name: projection.name,
    version: projection.version,
    lag: [...tails].reduce((behind, [p, n]) => behind + Math.max(0, n - checkpoint(p)), 0),
    parkedStreams: parked.size,
  })

export const projectorHealth = ({ live, feed, partitions }: Facts): ProjectorHealth => {
  const { tails, gaps, failure } = feed
  const projections = live.map(projectionHealth(tails))
  const problems = [
    ...(failure === null ? [] : [failure]),
    ...gaps.map(({ p, n }) => `position ${n} of partition ${p} is missing in the log`),
    ...projections
      .filter(({ parkedStreams }) => parkedStreams > 0)
      .map(({ name, parkedStreams }) => `${parkedStreams} streams of projection ${name} are parked`),
  ]
  return { healthy: problems.length === 0, problems, projections, partitions }
}
