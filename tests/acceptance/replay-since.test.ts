import { describe, expect, it } from 'vitest'
import { runReplays } from '../support/run-replays.ts'
import { useStandalone } from '../support/use-standalone.ts'

const { client, process } = useStandalone()

const run = async (lang: string, code: string): Promise<string> => {
  const id = await client().submit({ lang, code })
  await client().resultOf(id)
  return id
}

describe('given submissions of some time', () => {
  it('replays those that are chosen, and no replay again', async () => {
    const since = new Date().toISOString()
    await run('bash', 'date +%s%N')
    const same = await run('python', 'print(1)')
    await run('python', 'import sys; sys.exit(3)')
    const argv = ['--url', process().url, '--since', since, '--language', 'python', '--outcome', 'success']
    // The history is a projection: it may be a moment behind the results.
    await expect
      .poll(() => runReplays(...argv), { timeout: 20_000 })
      .toMatchObject({ status: 0, stdout: expect.stringContaining('1 of 1 replayed') })
    const { body } = await client().get(`/api/submissions/${same}/replays`)
    expect(body['replays']).toHaveLength(1)
    const all = await runReplays('--url', process().url, '--since', since)
    expect(all).toMatchObject({ status: 1, stdout: expect.stringMatching(/stdout at byte \d+.*\n3 of 3 replayed/) })
  })
})
