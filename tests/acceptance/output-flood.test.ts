import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Client, clientOf } from '../support/client.ts'
import { type StandaloneProcess, startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'

const folder = tempFolder()
let runledger: StandaloneProcess
let client: Client
beforeAll(async () => {
  runledger = await startStandalone({ dataDir: folder.path })
  client = clientOf(runledger.url)
})
afterAll(async () => {
  await runledger.end('SIGTERM')
  folder.remove()
})

const mebibyte = 1024 * 1024
const peakResidentBytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

const flood = { lang: 'python', code: 'import os\nfor _ in range(1600): os.write(1, b"x" * 65536)' }

describe('given a program that writes 100 MiB', () => {
  it('keeps exactly what the limit allows, says so, and holds little of it in memory', async () => {
    await client.resultOf(await client.submit({ lang: 'python', code: 'print(1)' }))
    const before = peakResidentBytes(runledger.pid)
    const result = await client.resultOf(await client.submit(flood))
    expect(result).toMatchObject({
      status: 'completed',
      outcome: 'output_limit',
      truncated: { stdout: true, stderr: false },
    })
    expect(String(result['stdOutput'])).toHaveLength(mebibyte)
    expect(peakResidentBytes(runledger.pid) - before).toBeLessThan(64 * mebibyte)
  })
})
