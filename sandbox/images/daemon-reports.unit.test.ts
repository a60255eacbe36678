import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { daemonReports } from './daemon-reports.ts'

const reportsOf = (...chunks: ReadonlyArray<string | Buffer>) =>
  collect(daemonReports(Readable.from(chunks.map(chunk => Buffer.from(chunk))), 1000))

const collect = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const item of items) all.push(item)
  return all
}

describe("the daemon's reports", () => {
  it('are read line by line, wherever the chunks are cut, inside a character too', async () => {
    const bytes = Buffer.from('{"stream":"Step 1/2 : RUN é\\n"}\r\n{"aux":{"ID":"sha256:1"}}\n')
    for (let cut = 0; cut <= bytes.length; cut++)
      expect(await reportsOf(bytes.subarray(0, cut), bytes.subarray(cut))).toStrictEqual([
        { stream: 'Step 1/2 : RUN é\n' },
        { aux: { ID: 'sha256:1' } },
      ])
  })

  it('end with the last line, newline or not', async () => {
    expect(await reportsOf('{"status":"a"}\n{"status":"b"}')).toStrictEqual([{ status: 'a' }, { status: 'b' }])
  })

  it('reject with what the daemon calls an error', async () => {
    await expect(reportsOf('{"status":"a"}\n{"error":"no such host","errorDetail":{}}\n')).rejects.toThrow(
      'no such host',
    )
  })

  it('reject where they are no reports', async () => {
    await expect(reportsOf('<html>')).rejects.toThrow('<html>')
  })

  it('reject where the connection breaks', async () => {
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('{"status":"a"}\n')
        throw new Error('connection reset')
      })(),
    )
    await expect(collect(daemonReports(broken, 1000))).rejects.toThrow('connection reset')
  })

  it('reject where the daemon falls silent', async () => {
    const silent = new Readable({ read: () => undefined })
    await expect(collect(daemonReports(silent, 1))).rejects.toThrow('said nothing')
    expect(silent.destroyed).toBe(true)
  })
})
