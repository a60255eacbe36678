import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

const mebibyte = 1024 * 1024
const peakResidentBytes = (pid: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

const flood = { lang: 'python', code: 'import os\nfor _ in range(1600): os.write(1, b"x" * 65536)' }

describe('given a program that writes 100 MiB', () => {
  it('keeps exactly what the limit allows, says so, and holds little of it in memory', async () => {
    await runledger.client().resultOf(await runledger.client().submit({ lang: 'python', code: 'print(1)' }))
    const before = peakResidentBytes(runledger.process().pid)
    const result = await runledger.client().resultOf(await runledger.client().submit(flood))
    expect(result).toMatchObject({
      status: 'completed',
      outcome: 'output_limit',
      truncated: { stdout: true, stderr: false },
    })
    expect(String(result['stdOutput'])).toHaveLength(mebibyte)
    expect(peakResidentBytes(runledger.process().pid) - before).toBeLessThan(64 * mebibyte)
  })
})
