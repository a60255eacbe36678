import type { Projector } from './projector.ts'

/** Two projectors of one process as one: the second follows at leisure, and is started and stopped within the first. */
export const twoProjectors = (first: Projector, second: Projector): Projector => ({
  start: async () => {
    await first.start()
    await second.start()
  },
  stop: async () => {
    await second.stop()
    await first.stop()
  },
  hasPassed: (projection, position) => first.hasPassed(projection, position) || second.hasPassed(projection, position),
  health: () => {
    const [one, two] = [first.health(), second.health()]
    return {
      healthy: one.healthy && two.healthy,
      problems: [...new Set([...one.problems, ...two.problems])],
      projections: [...one.projections, ...two.projections],
      partitions: one.partitions,
    }
  },
})
