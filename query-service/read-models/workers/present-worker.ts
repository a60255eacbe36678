import type { Tally } from '../../projector/tally.ts'

export const presentWorker = ({ key, counts, latest }: Tally) => {
  const { started = 0, completed = 0, abandoned = 0 } = counts
  const lastSeen = latest === '' ? null : latest
  return { workerId: key, started, completed, abandoned, running: started - completed - abandoned, lastSeen }
}
