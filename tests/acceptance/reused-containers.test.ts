import { describe, expect, it } from 'vitest'
import { clientOf } from '../support/client.ts'
import { containersOf } from '../support/containers-of.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

// The layer that is written to is the container's own; the second line is what a run finds of those before.
const code = `sed -n 's/.*upperdir=\\([^,]*\\).*/\\1/p' /proc/self/mountinfo
cat /box/left /tmp/left /dev/shm/left 2>/dev/null
for place in /box /tmp /dev/shm; do echo left > $place/left; done; sleep 60 < /dev/null > /dev/null 2>&1 &`

const containersOfThreeRuns = async (env: Readonly<Record<string, string>>) => {
  const folder = tempFolder()
  const runledger = await startStandalone({ dataDir: folder.path, env: { LANGUAGES: 'bash', ...env } })
  try {
    const client = clientOf(runledger.url.replace('0.0.0.0', '127.0.0.1'))
    const seen: string[] = []
    for (let run = 0; run < 3; run++) {
      const { body } = await client.post('/api/submit', { lang: 'bash', code })
      const { stdOutput } = await client.resultOf(String(body['codeSubmissionId']))
      seen.push(String(stdOutput))
    }
    expect(await runledger.end('SIGTERM')).toBe(0)
    expect(await containersOf(folder.path)).toEqual([])
    return seen
  } finally {
    await runledger.end('SIGKILL')
    folder.remove()
  }
}

const oneLine = /^\/\S+\n$/

describe("given one user's runs, one after another", () => {
  it('they share a container and nothing else', async () => {
    const seen = await containersOfThreeRuns({})
    for (const output of seen) expect(output).toMatch(oneLine)
    expect(new Set(seen).size).toBe(1)
  })

  it('they share no container where that is not wanted', async () => {
    const seen = await containersOfThreeRuns({ SANDBOX_ISOLATION: 'single-use' })
    for (const output of seen) expect(output).toMatch(oneLine)
    expect(new Set(seen).size).toBe(3)
  })
})

describe('given a server that strangers can reach', () => {
  it('no two runs share a container', async () => {
    expect(new Set(await containersOfThreeRuns({ HOST: '0.0.0.0' })).size).toBe(3)
  })
})
