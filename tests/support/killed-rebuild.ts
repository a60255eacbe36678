import { expect } from 'vitest'
import { runProjections } from './projections-command.ts'

const kills = 3
const earliestMs = 250
const latestMs = 1200

/** Rebuilds `result` with kills at random moments, then to its end; verifies, rolls back, swaps. */
export const rebuildKilledAgainAndAgain = async (env: Readonly<Record<string, string>>): Promise<void> => {
  const statuses: Array<unknown> = []
  for (let kill = 0; kill < kills; kill += 1) {
    const afterMs = earliestMs + Math.random() * (latestMs - earliestMs)
    statuses.push((await runProjections(['rebuild', 'result'], env, { killAfterMs: afterMs })).status)
  }
  // At least one was cut off before its end, or nothing is shown here.
  expect(statuses).toContain('SIGKILL')
  const rebuilt = await runProjections(['rebuild', 'result'], env)
  expect(rebuilt).toMatchObject({ status: 0, printed: expect.stringMatching(/result: version \d+ is read/) })
  expect(await runProjections(['verify', 'result'], env)).toMatchObject({ status: 0 })
  expect(await runProjections(['rollback', 'result'], env)).toMatchObject({ status: 0 })
  expect(await runProjections(['swap', 'result'], env)).toMatchObject({ status: 0 })
}
