import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditDataDir, soundDataDir } from '../support/audit-data-dir.ts'
import { type Client, clientOf } from '../support/client.ts'
import { smallDisk } from '../support/small-disk.ts'
import { type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'

const disk = smallDisk(24)
let runledger: StandaloneProcess
let client: Client
beforeAll(async () => {
  runledger = await startStandalone({ dataDir: disk.path })
  client = clientOf(runledger.url)
})
afterAll(() => disk.remove())

// Large enough that no slack in the files has room for it.
const submission = { lang: 'python', code: `print("kept")\n#${'x'.repeat(500_000)}` }

describe('given the disk is full', () => {
  it('refuses with 503 and when to come back, keeps nothing half-written, and goes on when there is room', async () => {
    const before = await client.submit(submission)
    expect(await client.resultOf(before)).toMatchObject({ outcome: 'success' })

    disk.fill()
    const refused = await client.post('/api/submit', submission)
    expect(refused.status).toBe(503)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await client.resultOf(before)).toMatchObject({ outcome: 'success' })

    disk.free()
    const after = await client.submit(submission)
    expect(await client.resultOf(after)).toMatchObject({ outcome: 'success', stdOutput: 'kept\n' })

    expect(await runledger.end('SIGTERM')).toBe(0)
    expect(await auditDataDir(disk.path, [before, after])).toEqual(soundDataDir)
  })
})
