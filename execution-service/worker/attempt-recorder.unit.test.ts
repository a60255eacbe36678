import { setImmediate } from 'node:timers/promises'
import type { StreamName } from '@runledger/sandbox/sandbox.ts'
import type { SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import { initialSubmission } from '@runledger/shared-kernel/submission/submission-state.ts'
import { encodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it, vi } from 'vitest'
import { succeeded, usage } from '../test-support/fake-sandbox.ts'
import { completionData } from './attempt-events.ts'
import { createAttemptRecorder } from './attempt-recorder.ts'

const kibibyte = 1024
const refusal = E.left({ _tag: 'Refused', refusal: { _tag: 'StaleAttempt', attempt: 1, current: 2 } } as const)

/** Records into a list; `gate` holds each append back until it resolves. */
const aRecorder = (flushMs: number, gate: () => Promise<void> = async () => undefined) => {
  const commands: Array<SubmissionCommand> = []
  const inFlight = { now: 0, most: 0 }
  const onRefused = vi.fn()
  const recorder = createAttemptRecorder({
    attempt: 1,
    flushMs,
    onRefused,
    append: async command => {
      inFlight.now += 1
      inFlight.most = Math.max(inFlight.most, inFlight.now)
      commands.push(command)
      await gate()
      inFlight.now -= 1
      return E.right(initialSubmission)
    },
  })
  return { recorder, commands, inFlight, onRefused }
}

const chunksOf = (commands: ReadonlyArray<SubmissionCommand>) =>
  commands.flatMap(command => ('chunks' in command ? command.chunks : []))

const aWrite = fc.record({
  stream: fc.constantFrom<StreamName>('stdout', 'stderr'),
  size: fc.oneof(fc.integer({ min: 0, max: 64 }), fc.integer({ min: 0, max: 100 * kibibyte })),
  pause: fc.boolean(),
})

describe('given any writes of a program', () => {
  it('records every byte once, in order, in chunks of at most 48 KiB, one append at a time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aWrite, { maxLength: 30 }), async writes => {
        const { recorder, commands, inFlight } = aRecorder(0, async () => void (await setImmediate()))
        const written = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
        for (const [at, { stream, size, pause }] of writes.entries()) {
          const bytes = Buffer.alloc(size, at)
          recorder.listener.output({ stream, offset: written[stream].length, bytes, at })
          written[stream] = Buffer.concat([written[stream], bytes])
          if (pause) await setImmediate()
        }
        await recorder.complete(completionData(1, succeeded(written.stdout.length, written.stderr.length)))
        const recordedBytes = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }
        for (const { stream, offset, bytes } of chunksOf(commands)) {
          const raw = Buffer.from(bytes, 'base64')
          expect(offset).toBe(recordedBytes[stream].length)
          expect(raw.length).toBeLessThanOrEqual(48 * kibibyte)
          recordedBytes[stream] = Buffer.concat([recordedBytes[stream], raw])
        }
        expect(recordedBytes).toStrictEqual(written)
        expect(inFlight.most).toBeLessThanOrEqual(1)
        expect(commands.filter(({ _tag }) => _tag === 'CompleteAttempt')).toHaveLength(1)
        expect(commands.at(-1)?._tag).toBe('CompleteAttempt')
      }),
      { numRuns: 60 },
    )
  })
})

describe('given a program that writes byte by byte', () => {
  it('gathers what it wrote', async () => {
    const { recorder, commands } = aRecorder(60_000)
    for (let offset = 0; offset < 40_000; offset += 1) {
      recorder.listener.output({
        stream: offset % 2 ? 'stdout' : 'stderr',
        offset: offset >> 1,
        bytes: Buffer.of(1),
        at: 0,
      })
    }
    await recorder.complete(completionData(1, succeeded(20_000, 20_000)))
    expect(commands).toHaveLength(1)
    expect(chunksOf(commands)).toHaveLength(2)
  })
})

describe('given test cases that end faster than the log takes them', () => {
  const testCase = (index: number) => ({
    ...{ index, outcome: 'accepted' as const, reason: null, exitCode: null, signal: null, usage: null },
    output: succeeded().output,
    ...{ stdout: encodeBytes(Buffer.from('x')), stderr: encodeBytes(Buffer.alloc(0)) },
  })

  it('records each once, in order, in commits of a bounded size, the last with the completion', async () => {
    const { recorder, commands, inFlight } = aRecorder(0, async () => void (await setImmediate()))
    for (let index = 0; index < 1_000; index += 1) recorder.testCase(testCase(index))
    await recorder.complete(completionData(1, succeeded()))
    const batches = commands.map(command => ('cases' in command ? (command.cases ?? []) : []))
    expect(batches.flat().map(({ index }) => index)).toEqual(Array.from({ length: 1_000 }, (_, index) => index))
    expect(Math.max(...batches.map(({ length }) => length))).toBeLessThanOrEqual(256)
    expect(commands.at(-1)?._tag).toBe('CompleteAttempt')
    expect(inFlight.most).toBe(1)
  })
})

describe('given 48 KiB of output', () => {
  it('does not wait for the timer', () => {
    const { recorder, commands } = aRecorder(60_000)
    recorder.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.alloc(48 * kibibyte - 1), at: 0 })
    expect(commands).toHaveLength(0)
    recorder.listener.output({ stream: 'stdout', offset: 48 * kibibyte - 1, bytes: Buffer.alloc(1), at: 0 })
    expect(commands).toMatchObject([{ _tag: 'RecordOutput', attempt: 1 }])
  })
})

describe('given output that comes while an append is under way', () => {
  it('is recorded next, without waiting for the end', async () => {
    const appended = Promise.withResolvers<void>()
    const { recorder, commands } = aRecorder(1, () => appended.promise)
    recorder.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.of(1), at: 0 })
    await vi.waitFor(() => expect(commands).toHaveLength(1))
    recorder.listener.output({ stream: 'stdout', offset: 1, bytes: Buffer.of(2), at: 0 })
    recorder.listener.output({ stream: 'stdout', offset: 2, bytes: Buffer.of(3), at: 0 })
    appended.resolve()
    await vi.waitFor(() => expect(commands).toHaveLength(2))
    expect(chunksOf(commands).map(({ bytes }) => bytes)).toStrictEqual([btoa('\x01'), btoa('\x02\x03')])
    await recorder.discard()
  })
})

describe('given more output than a commit may hold when the program ends', () => {
  it('records it in several commits, each under the cap', async () => {
    const held = Promise.withResolvers<void>()
    const { recorder, commands } = aRecorder(60_000, () => held.promise)
    const size = 16 * 1024 * kibibyte
    recorder.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.alloc(size), at: 0 })
    const completed = recorder.complete(completionData(1, succeeded(size)))
    held.resolve()
    await completed
    expect(commands.length).toBeGreaterThan(4)
    for (const command of commands) expect(JSON.stringify(command).length).toBeLessThan(8 * 1024 * kibibyte)
  })
})

describe('given a compilation', () => {
  const compilation = {
    exitCode: 0,
    signal: null,
    output: Buffer.from([0xff]),
    truncated: false,
    usage: { ...usage, cpuMs: 2.4, cpuUserMs: 1.4, cpuSystemMs: 1 },
    cached: false,
  }

  it('is recorded by itself once the program has run for a while', async () => {
    const { recorder, commands } = aRecorder(1)
    recorder.listener.compiled(compilation)
    await vi.waitFor(() => expect(commands).toHaveLength(1))
    expect(commands).toMatchObject([
      {
        _tag: 'RecordCompilation',
        data: { output: { encoding: 'base64', content: '/w==' }, usage: { cpuMs: 2, cpuUserMs: 1, cpuSystemMs: 1 } },
      },
    ])
  })

  it('goes with the completion of a short program', async () => {
    const { recorder, commands } = aRecorder(60_000)
    recorder.listener.compiled(compilation)
    await recorder.complete(completionData(1, succeeded()))
    expect(commands).toMatchObject([{ _tag: 'CompleteAttempt', compilation: { attempt: 1 } }])
  })
})

describe('given a log that refuses', () => {
  it('says so once and records nothing more', async () => {
    const append = vi.fn(async () => refusal)
    const onRefused = vi.fn()
    const recorder = createAttemptRecorder({ attempt: 1, flushMs: 0, onRefused, append })
    recorder.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.alloc(60 * kibibyte), at: 0 })
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalledOnce())
    recorder.listener.output({ stream: 'stdout', offset: 60 * kibibyte, bytes: Buffer.alloc(60 * kibibyte), at: 0 })
    await recorder.complete(completionData(1, succeeded(120 * kibibyte)))
    expect(append).toHaveBeenCalledOnce()
    expect(onRefused).toHaveBeenCalledOnce()
  })

  it('treats an append that throws alike', async () => {
    const onRefused = vi.fn()
    const append = vi.fn(() => Promise.reject(new Error('a defect')))
    const recorder = createAttemptRecorder({ attempt: 1, flushMs: 0, onRefused, append })
    recorder.listener.output({ stream: 'stdout', offset: 0, bytes: Buffer.of(1), at: 0 })
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalledExactlyOnceWith(new Error('a defect')))
    await recorder.discard()
  })
})
