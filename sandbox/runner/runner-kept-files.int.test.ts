import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { fileFrames, KEEP_BYTES, keepFrame, phaseFrame, putBackFrame } from './host-frames.ts'
import { phase, sh } from './test-phase.ts'
import { deaf, nothing, useRunner } from './use-runner.ts'

describe('files that a runner keeps', () => {
  const runner = useRunner()

  const open = async () => {
    const session = await runner.openSession()
    await session.ready
    return session
  }

  it('are as they were for each run, whatever those before did to them', async () => {
    const session = await open()
    const first = session.run({ ...nothing, run: phase(['true']) }, deaf)
    const kept = [{ name: 'kept', content: Buffer.from('as it was\n'), isExecutable: true }]
    const others = [{ name: 'other', content: Buffer.from('another\n'), isExecutable: true }]
    const run = phase(sh('test -x * && cat *; echo changed >>other; echo changed >kept; chmod 600 kept; mkdir more'))
    const heard: Array<string> = []
    const listener = { output: ({ bytes }: { bytes: Uint8Array }) => heard.push(Buffer.from(bytes).toString()) }
    const runs = [kept, kept, others, kept, kept].map((files, i) =>
      session.follow(60_900 + i, { ...nothing, files, run }, listener),
    )
    expect(await first).toMatchObject(E.right({ run: { exitCode: 0 } }))
    for (const { ended } of runs) expect(await ended).toMatchObject(E.right({ run: { limit: null } }))
    expect(heard.join('')).toBe('as it was\nas it was\nanother\nas it was\nas it was\n')
  })

  it('may be as many as there is room for', async () => {
    const session = await open()
    const first = session.run({ ...nothing, run: phase(['true']) }, deaf)
    const files = [{ name: 'large', content: Buffer.alloc(KEEP_BYTES - 100) }]
    const heard: Array<string> = []
    const listener = { output: ({ bytes }: { bytes: Uint8Array }) => heard.push(Buffer.from(bytes).toString()) }
    const runs = [60_900, 60_901].map(uid =>
      session.follow(uid, { ...nothing, files, run: phase(sh('wc -c <large')) }, listener),
    )
    expect(await first).toMatchObject(E.right({ run: { exitCode: 0 } }))
    for (const { ended } of runs) expect(await ended).toMatchObject(E.right({ run: { exitCode: 0 } }))
    expect(heard).toEqual([`${KEEP_BYTES - 100}\n`, `${KEEP_BYTES - 100}\n`])
  })

  const half = Buffer.concat(fileFrames({ name: 'half', content: Buffer.alloc(9) })).subarray(0, -5)
  const unfinished = fileFrames({ name: 'unfinished', content: Buffer.alloc(9) }).slice(0, 1)

  it.each([
    ['end within a frame', keepFrame([half]), 'malformed frame among those kept'],
    ['are something else', keepFrame([phaseFrame(phase(['true']))]), 'only files are kept'],
    ['are not whole, and others follow', Buffer.concat([keepFrame(unfinished), putBackFrame]), 'file data expected'],
  ])('are the end of a runner where they %s', async (_, frames, message) => {
    const session = await open()
    runner.container().channel.write(Buffer.concat([frames, putBackFrame]))
    expect(await session.run({ ...nothing, run: phase(['true']) }, deaf)).toMatchObject({
      left: { message: `runner: ${message}` },
    })
    expect(await runner.container().ended).toBe(2)
  })
})
