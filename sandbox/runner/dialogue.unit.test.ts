import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { ProgramSignal } from '../sandbox.ts'
import { refused } from './dialogue-answer.ts'
import type { ClosableDialogue } from './dialogue-input.ts'
import { openRunnerSession } from './runner-session.ts'
import { frame, hello, output, result, scriptedChannel } from './scripted-channel.ts'
import { phase } from './test-phase.ts'

const started = frame(0x82)
const stdinClosed = frame(0xe0)
const signalSent = frame(0xe1)
const taken = E.right(undefined)

const begin = async () => {
  const { channel, sent, heard, hasEnded } = scriptedChannel()
  const session = openRunnerSession(channel)
  heard.data(hello)
  await session.ready
  const told = Promise.withResolvers<ClosableDialogue>()
  const outcome = session.run(
    {
      files: [],
      stdin: Buffer.from('begin'),
      compile: null,
      run: phase(['cat']),
      betweenPhases: async () => undefined,
    },
    { compiled: () => undefined, output: () => undefined, dialogue: told.resolve },
  )
  const last = () => Buffer.from(sent.at(-1) ?? [])
  return { session, heard, hasEnded, outcome, last, sent, dialogue: told.promise }
}

const converse = async () => {
  const begun = await begin()
  begun.heard.data(started)
  return { ...begun, dialogue: await begun.dialogue }
}

describe('given a run whose stdin stays open', () => {
  it('the beginning is sent with it and no end, then what is written', async () => {
    const { dialogue, last } = await converse()
    expect(last().includes(frame(0x04, ...Buffer.from('begin')))).toBe(true)
    expect(last().subarray(-5)).toEqual(frame(0x06))
    expect(await dialogue.write(Buffer.from('more'))()).toEqual(taken)
    expect(last()).toEqual(frame(0x04, ...Buffer.from('more')))
    expect(await dialogue.end()()).toEqual(taken)
    expect(last()).toEqual(frame(0x05))
  })

  it.each<[ProgramSignal, number]>([
    ['SIGHUP', 1],
    ['SIGINT', 2],
    ['SIGQUIT', 3],
    ['SIGKILL', 9],
    ['SIGUSR1', 10],
    ['SIGUSR2', 12],
    ['SIGTERM', 15],
  ])('%s is sent by its number, and answered when the kernel has it', async (name, number) => {
    const { dialogue, last, heard } = await converse()
    const answer = dialogue.signal(name)()
    expect(last()).toEqual(frame(0x60, number))
    expect(await dialogue.signal('SIGINT')()).toEqual(refused('busy'))
    heard.data(signalSent)
    expect(await answer).toEqual(taken)
    void dialogue.signal('SIGINT')()
    expect(last()).toEqual(frame(0x60, 2))
  })

  it('a program that closed its stdin is heard of, and goes on', async () => {
    const { dialogue, heard, outcome } = await converse()
    const waiting = dialogue.write(Buffer.alloc(300_000))()
    heard.data(stdinClosed)
    expect(await waiting).toEqual(refused('stdin_closed'))
    expect(await dialogue.write(Buffer.from('x'))()).toEqual(refused('stdin_closed'))
    heard.data(Buffer.concat([output('out'), result({ 4: 3, 44: 3 })]))
    expect(await outcome).toMatchObject({ right: { run: { exitCode: 3 } } })
  })

  it.each([
    ['its end', result()],
    ['a fault', Buffer.from([1, 2, 3, 4, 5])],
  ])('%s answers whoever waits, and whoever comes later', async (_, bytes) => {
    const { dialogue, heard, outcome, sent } = await converse()
    const waiting = [dialogue.write(Buffer.alloc(300_000))(), dialogue.signal('SIGTERM')()]
    const before = sent.length
    heard.data(bytes)
    await outcome
    const later = [dialogue.write(Buffer.of(1))(), dialogue.end()(), dialogue.signal('SIGKILL')()]
    for (const answer of [...waiting, ...later]) expect(await answer).toEqual(refused('run_ended'))
    expect(sent.length).toBe(before)
  })

  it.each([
    ['a signal that nobody sent', signalSent],
    ['a second start', started],
  ])('%s is a fault', async (_, bytes) => {
    const { heard, outcome, hasEnded } = await converse()
    heard.data(bytes)
    expect(await outcome).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(hasEnded()).toBe(true)
  })
})
