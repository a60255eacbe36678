import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { openRunnerSession, type RunnerSpec } from './runner-session.ts'
import { phase } from './test-phase.ts'

const frame = (type: number, ...payload: ReadonlyArray<number>): Buffer =>
  Buffer.from([type, 0, 0, payload.length >> 8, payload.length & 255, ...payload])

const hello = frame(0x81, 0, 3, 0, 4, 0, 0)
const output = (text: string): Buffer => frame(0x83, 0, 0, 0, 9, ...Buffer.from(text))

const result = (changed: Readonly<Record<number, number>> = {}): Buffer =>
  frame(0x86, ...Array.from({ length: 61 }, (_, at) => changed[at] ?? 0))

/** A channel whose other end the test plays. */
const scriptedChannel = () => {
  const sent: Uint8Array[] = []
  const heard: { data: (bytes: Buffer) => void; close: (cause: string) => void } = {
    data: () => undefined,
    close: () => undefined,
  }
  let ended = false
  const channel = {
    write: (bytes: Uint8Array) => void sent.push(bytes),
    end: () => {
      ended = true
    },
    onData: (listener: typeof heard.data) => {
      heard.data = listener
    },
    onClose: (listener: typeof heard.close) => {
      heard.close = listener
    },
  }
  return { channel, sent, heard, hasEnded: () => ended }
}

const spec = (changed: Partial<RunnerSpec> = {}): RunnerSpec => ({
  files: [],
  stdin: new Uint8Array(),
  compile: null,
  run: phase(['true']),
  betweenPhases: async () => undefined,
  ...changed,
})

const deaf = { compiled: () => undefined, output: () => undefined }

const begin = async (changed: Partial<RunnerSpec> = {}) => {
  const scripted = scriptedChannel()
  const session = openRunnerSession(scripted.channel)
  scripted.heard.data(hello)
  await session.ready
  return { ...scripted, session, outcome: session.run(spec(changed), deaf) }
}

describe('a session with the runner', () => {
  it('is ready at its hello', async () => {
    const { channel, heard } = scriptedChannel()
    const { ready } = openRunnerSession(channel)
    heard.data(hello)
    await expect(ready).resolves.toBeUndefined()
  })

  it.each([
    ['speaks another version', frame(0x81, 0, 1, 0, 4, 0, 0), 'version 1'],
    ['begins with something else', frame(0x82), 'Started'],
    ['says what is wrong', frame(0x87, ...Buffer.from('no /box')), 'no /box'],
  ])('is not ready when the runner %s', async (_, bytes, message) => {
    const { channel, heard, hasEnded } = scriptedChannel()
    const session = openRunnerSession(channel)
    heard.data(bytes)
    await expect(session.ready).rejects.toThrow(message)
    expect(await session.run(spec(), deaf)).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(hasEnded()).toBe(true)
  })

  it('reports how the program ended', async () => {
    const { heard, outcome } = await begin()
    heard.data(Buffer.concat([frame(0x82), output('out'), result({ 4: 7, 44: 3 })]))
    expect(await outcome).toMatchObject(E.right({ compile: null, run: { exitCode: 7, stdout: { bytes: 3 } } }))
  })

  it.each([
    ['the connection closes', null],
    ['bytes make no sense', Buffer.from([1, 2, 3, 4, 5])],
    ['output is missing', Buffer.concat([output('out'), result({ 44: 4 })])],
    ['a second hello comes', hello],
    ['the runner gives up', frame(0x87)],
  ])('faults when %s', async (_, bytes) => {
    const { heard, outcome, hasEnded } = await begin()
    if (bytes === null) heard.close('gone')
    else heard.data(bytes)
    expect(await outcome).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(hasEnded()).toBe(true)
  })

  it('faults when the container cannot be readied for the run', async () => {
    const { heard, outcome } = await begin({
      compile: phase(['cc']),
      betweenPhases: () => Promise.reject(new Error('no update')),
    })
    heard.data(result())
    expect(await outcome).toMatchObject({ left: { message: 'no update' } })
  })

  it('faults instead of sending what no frame can say', async () => {
    const { outcome } = await begin({ run: phase(['true'], { wallTimeMs: 2 ** 40 }) })
    expect(await outcome).toMatchObject({ left: { _tag: 'RunnerFault' } })
  })
})

describe('a session between two runs', () => {
  const clean = (processes: number, uid: number) =>
    frame(0x88, 0, 0, 0, processes, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, uid >> 8, uid & 255)

  const resetting = async () => {
    const begun = await begin()
    begun.heard.data(Buffer.concat([frame(0x82), result()]))
    await begun.outcome
    const session = begun.session
    return { ...begun, reset: session.reset(60_007) }
  }

  it('asks for a fresh uid and hears what was removed', async () => {
    const { heard, reset, sent } = await resetting()
    expect(Buffer.from(sent.at(-1) ?? [])).toEqual(frame(0x07, 0, 0, 60_007 >> 8, 60_007 & 255))
    heard.data(clean(1, 60_007))
    expect(await reset).toEqual(E.right({ processes: 1, entries: 5, objects: 2, uid: 60_007 }))
  })

  it('runs another program then', async () => {
    const { heard, reset, session } = await resetting()
    heard.data(clean(1, 60_007))
    await reset
    const outcome = session.run(spec(), deaf)
    heard.data(Buffer.concat([frame(0x82), output('out'), result({ 44: 3 })]))
    expect(await outcome).toMatchObject({ right: { run: { stdout: { bytes: 3 } } } })
  })

  it.each([
    ['a process is left', clean(2, 60_007)],
    ['no process is seen', clean(0, 60_007)],
    ['the uid is another', clean(1, 60_008)],
    ['the runner gives up', frame(0x87, ...Buffer.from('a file is left'))],
    ['a program writes on', output('late')],
  ])('faults when %s', async (_, bytes) => {
    const { heard, reset, hasEnded } = await resetting()
    heard.data(bytes)
    expect(await reset).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(hasEnded()).toBe(true)
  })

  it('faults when a proof comes that nobody asked for', async () => {
    const { heard, outcome } = await begin()
    heard.data(clean(1, 60_000))
    expect(await outcome).toMatchObject({ left: { message: expect.stringContaining('nobody asked') } })
  })
})
