import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { auditDataDir, soundDataDir } from '../support/audit-data-dir.ts'
import { clientOf } from '../support/client.ts'
import { containersOf } from '../support/containers-of.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { submitAll } from '../support/submission-storm.ts'
import { tempFolder } from '../support/temp-folder.ts'

const rounds = 6
const perRound = 12
// Each kill is a fault to whatever runs just then: the budget must outlast all of them.
const env = { MAX_ATTEMPTS: String(rounds + 1) }
const folder = tempFolder()
afterAll(() => folder.remove())

const programs = [
  { lang: 'python', code: 'import time\nfor i in range(5):\n    print(i, flush=True)\n    time.sleep(0.05)' },
  { lang: 'bash', code: 'echo started; sleep 0.2; echo ended' },
  { lang: 'c', code: '#include <stdio.h>\nint main(void) { puts("compiled"); }' },
]
const bodies = Array.from({ length: perRound }, (_, i) => programs[i % programs.length] ?? {})

// The moment of death is the point here: it moves through the life of a submission from round to round.
const killedDuringStorm = async (round: number): Promise<ReadonlyArray<string>> => {
  const doomed = await startStandalone({ dataDir: folder.path, env })
  const storm = submitAll(clientOf(doomed.url), bodies, 4)
  await delay(30 + Math.random() * 250 * (round + 1))
  await doomed.end('SIGKILL')
  return storm
}

describe('given the whole process is killed at random moments, again and again', () => {
  it('ends every accepted submission exactly once after the next start, and leaves nothing behind', async () => {
    const accepted: Array<string> = []
    for (let round = 0; round < rounds; round++) accepted.push(...(await killedDuringStorm(round)))

    const survivor = await startStandalone({ dataDir: folder.path, env })
    onTestFinished(() => void survivor.end('SIGTERM'))
    const client = clientOf(survivor.url)
    const results = await Promise.all(accepted.map(client.resultOf))
    expect(accepted.length).toBeGreaterThan(0)
    expect(results.map(result => result['status'])).toEqual(accepted.map(() => 'completed'))
    expect(results.map(result => result['outcome'])).toEqual(accepted.map(() => 'success'))

    expect(await survivor.end('SIGTERM')).toBe(0)
    expect(await containersOf(folder.path)).toEqual([])
    expect(await auditDataDir(folder.path, accepted)).toEqual(soundDataDir)
  }, 240_000)
})
