import { randomInt } from 'node:crypto'

/** uids that programs may run as; the images know a name for each of them. */
const uids = { first: 60_000, count: 1_000 }

let given = randomInt(uids.count)

/**
 * A uid for one run, no other container's at the time. The kernel counts inotify instances, pending signals and pipe pages
 * by user over the whole host: programs that shared one could spend their neighbours' allowance.
 */
export const freshRunUid = (): number => {
  given = (given + 1) % uids.count
  return uids.first + given
}
