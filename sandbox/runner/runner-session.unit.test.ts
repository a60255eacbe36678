import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { openRunnerSession, type RunnerSpec } from './runner-session.ts'
import { frame, hello, output, result, scriptedChannel } from './scripted-channel.ts'
import { phase } from './test-phase.ts'

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

const clean = (processes: number, uid: number) =>
  frame(0x88, 0, 0, 0, processes, 0, 0, 0, 5, 0, 0, 0, 2, 0, 0, uid >> 8, uid & 255)

describe('a session between two runs', () => {
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

describe('a session that is told with a run whom it is to be clean for', () => {
  const lastRun = () => begin({ nextUid: 60_007, stdin: Buffer.from('in') })
  const ran = Buffer.concat([frame(0x82), output('out'), result({ 44: 3 })])

  it('asks for the reset behind the run', async () => {
    const { sent } = await lastRun()
    const behind = [frame(0x05), frame(0x06), frame(0x07, 0, 0, 60_007 >> 8, 60_007 & 255)]
    expect(Buffer.concat(sent.slice(-1)).subarray(-19)).toEqual(Buffer.concat(behind))
  })

  it('knows how the reset went, whoever asks for it', async () => {
    const { heard, outcome, sent, session } = await lastRun()
    const said = sent.length
    heard.data(Buffer.concat([ran, clean(1, 60_007)]))
    expect(await outcome).toMatchObject({ right: { run: { stdout: { bytes: 3 } } } })
    expect(await session.reset(60_009)).toMatchObject(E.right({ processes: 1, uid: 60_007 }))
    expect(sent.length).toBe(said)
  })

  it('asks for the next reset again', async () => {
    const { heard, session, sent } = await lastRun()
    heard.data(Buffer.concat([ran, clean(1, 60_007)]))
    await session.reset(60_009)
    void session.reset(60_009)
    expect(Buffer.from(sent.at(-1) ?? [])).toEqual(frame(0x07, 0, 0, 60_009 >> 8, 60_009 & 255))
  })

  it.each([
    ['another is told', clean(1, 60_008)],
    ['a process is left', clean(2, 60_007)],
    ['the runner gives up', frame(0x87, ...Buffer.from('a file is left'))],
  ])('keeps the result, and doubts the container, where %s', async (_, bytes) => {
    const { heard, outcome, session, hasEnded } = await lastRun()
    heard.data(Buffer.concat([ran, bytes]))
    expect(await outcome).toMatchObject({ right: { run: { stdout: { bytes: 3 } } } })
    expect(await session.reset(60_007)).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(hasEnded()).toBe(true)
  })

  it('asks for none behind a compiler that failed', async () => {
    const { heard, outcome, sent, session } = await begin({ nextUid: 60_007, compile: phase(['cc']) })
    heard.data(Buffer.concat([frame(0x82), result({ 4: 1 })]))
    expect(await outcome).toMatchObject({ right: { run: null } })
    void session.reset(60_009)
    expect(Buffer.from(sent.at(-1) ?? [])).toEqual(frame(0x07, 0, 0, 60_009 >> 8, 60_009 & 255))
  })

  it('does not begin with more stdin than the runner has room for', async () => {
    const { outcome } = await begin({ nextUid: 60_007, stdin: new Uint8Array(256 * 1024 + 1) })
    expect(await outcome).toMatchObject({ left: { message: expect.stringContaining('more stdin') } })
  })
})

describe('a session that is told what comes next', () => {
  const following = { files: [], stdin: Buffer.from('in'), run: phase(['true']) }
  const ended = (text: string) => Buffer.concat([frame(0x82), output(text), result({ 44: 3 })])

  const followed = async () => {
    const begun = await begin()
    const heard: string[] = []
    const listener = { output: ({ bytes }: { bytes: Uint8Array }) => heard.push(Buffer.from(bytes).toString()) }
    const { session } = begun
    const followers = [60_007, 60_008].map(uid => session.follow(uid, following, listener))
    return { ...begun, texts: heard, followers }
  }

  it('says all of it at once, while the run before goes on', async () => {
    const { sent } = await followed()
    const said = Buffer.concat(sent.slice(-1))
    expect(said.subarray(0, 9)).toEqual(frame(0x07, 0, 0, 60_008 >> 8, 60_008 & 255))
    expect(said.subarray(-17)).toEqual(Buffer.concat([frame(0x04, ...Buffer.from('in')), frame(0x05), frame(0x06)]))
  })

  it('hears the answers in the order of asking', async () => {
    const { heard, outcome, followers, texts } = await followed()
    heard.data(Buffer.concat([frame(0x82), result(), clean(1, 60_007), ended('one'), clean(1, 60_008), ended('two')]))
    expect(await outcome).toMatchObject({ right: { run: { stdout: { bytes: 0 } } } })
    for (const { clean: proof, ended: run } of followers) {
      expect(await proof).toMatchObject({ right: { processes: 1 } })
      expect(await run).toMatchObject({ right: { compile: null, run: { stdout: { bytes: 3 } } } })
    }
    expect(texts).toEqual(['one', 'two'])
  })

  it.each([
    ['a result comes before its proof', Buffer.concat([frame(0x82), result(), ended('one')])],
    ['a proof is of another', Buffer.concat([frame(0x82), result(), clean(1, 60_008)])],
    ['the runner gives up', Buffer.concat([frame(0x82), result(), frame(0x87)])],
  ])('knows nothing of those to come when %s', async (_, bytes) => {
    const { heard, outcome, followers, hasEnded } = await followed()
    heard.data(bytes)
    expect(await outcome).toMatchObject({ right: {} })
    for (const { clean: proof, ended: run } of followers)
      expect(await Promise.all([proof, run])).toMatchObject([{ left: {} }, { left: {} }])
    expect(hasEnded()).toBe(true)
  })

  it('does not send what has more stdin than the runner has room for', async () => {
    const { session, sent } = await begin()
    const stdin = new Uint8Array(256 * 1024 + 1)
    const before = sent.length
    const { ended: run } = session.follow(60_007, { ...following, stdin }, deaf)
    expect(await run).toMatchObject({ left: { message: expect.stringContaining('more stdin') } })
    expect(sent.length).toBe(before)
  })

  it('begins nothing else meanwhile', async () => {
    const { session } = await followed()
    await expect(session.reset(60_009)).rejects.toThrow('under way')
  })
})
