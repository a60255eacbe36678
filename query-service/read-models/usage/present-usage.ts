import type { Tally } from '../../projector/tally.ts'

const msPerSecond = 1000

export const presentUsage = ({ key, time, counts }: Tally) => ({
  tenant: key,
  day: time.slice(0, 'yyyy-mm-dd'.length),
  runs: counts['runs'] ?? 0,
  cpuSeconds: (counts['cpuMs'] ?? 0) / msPerSecond,
})
