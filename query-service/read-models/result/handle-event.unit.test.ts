import type { DomainEvent } from '@runledger/shared-kernel/domain-events/domain-event.ts'
import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { submissionStream } from '@runledger/shared-kernel/submission/submission-stream.ts'
import type { CommandId, EventId } from '@runledger/shared-kernel/types/ids.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { foldResult } from './fold-result.ts'
import { openResult } from './open-result.ts'
import { presentResult } from './present-result.ts'
import {
  abandoned,
  announced,
  cancelled,
  compiled,
  completed,
  failed,
  filled,
  judged,
  newSubmissionId,
  received,
  started,
  tested,
  wrote,
} from './submission-events.fixture.ts'

const id = newSubmissionId()

const recorded = (event: DomainEvent, index: number): RecordedEvent => ({
  id: newSubmissionId() as string as EventId,
  occurredAt: `2026-01-01T00:00:00.00${index}Z`,
  event,
  stream: submissionStream(id),
  version: index + 1,
  position: { p: 0, n: index + 1 },
  recordedAt: '2026-01-01T00:00:01.000Z',
  hash: 'hash',
  meta: {
    commandId: id as string as CommandId,
    correlationId: id,
    causationId: id,
    actor: 'test',
    tenant: 'anonymous',
    traceparent: null,
  },
})

// None of these events is sealed.
const open = openResult({
  keyOf: stream => {
    throw new Error(`the key of ${stream} was asked for`)
  },
})

const given = async (...events: ReadonlyArray<DomainEvent>) => {
  const result = foldResult(events.map(recorded))
  if (result === null) return null
  const opened = await open(result)()
  if (isLeft(opened)) throw new Error(opened.left.message)
  return presentResult(opened.right)
}

describe('the result', () => {
  it('is unknown before anything happened', async () => {
    expect(await given()).toBeNull()
  })

  it('is pending and queued once received', async () => {
    expect(await given(received())).toMatchObject({
      status: 'pending',
      phase: 'queued',
      attempt: 0,
      startedAt: null,
      version: 1,
    })
  })

  it('is running once started, whatever was written, and shows none of it', async () => {
    const result = await given(received(), started(), compiled('built'), wrote({ bytes: 'early' }))
    expect(result).toMatchObject({ phase: 'running', attempt: 1, startedAt: '2026-01-01T00:00:00.001Z', version: 4 })
    expect(result).not.toHaveProperty('stdOutput')
    expect(result).not.toHaveProperty('compile')
  })

  it('is queued again after an attempt was given up', async () => {
    expect(await given(received(), started(), compiled('built'), abandoned())).toMatchObject({
      status: 'pending',
      phase: 'queued',
      attempt: 1,
      startedAt: null,
      language: { name: 'python', version: null, image: null },
    })
  })

  it('has the output of the attempt that ended, in order of offset', async () => {
    const late = wrote({ bytes: 'b', offset: 10 })
    const early = wrote({ bytes: 'a123456789', offset: 0 })
    expect(await given(received(), started(), late, early, completed())).toMatchObject({
      status: 'completed',
      stdOutput: 'a123456789b',
      stdError: '',
    })
  })

  it.each(['compile_error', 'time_limit', 'memory_limit', 'runtime_error'] as const)(
    'keeps the outcome %s',
    async outcome => {
      expect(await given(received(), started(), completed(outcome))).toMatchObject({ status: 'completed', outcome })
    },
  )

  it('has what the compiler said, in an encoding of its own', async () => {
    const bytes = Buffer.from([0xff, 0x00])
    expect(await given(received(), started(), compiled('warning: é'), wrote({ bytes }), completed())).toMatchObject({
      compile: { output: 'warning: é', encoding: 'utf8', exitCode: 0, truncated: false, cached: false },
      stdOutput: bytes.toString('base64'),
      encoding: 'base64',
    })
  })

  it('has the test cases of the attempt that ended, by name, in any encoding', async () => {
    const cases = ['first', 'second'].map(name => ({
      ...{ name, stdin: { content: '', encoding: 'utf8' as const }, args: [], expectedOutput: null },
    }))
    const tests = { cases, comparison: { mode: 'trimmed' as const }, stopOnFirstFailure: true }
    const before = [received({ tests }), started(), tested(0, Buffer.from('given up')), abandoned(), started(2)]
    const ran = [tested(0, Buffer.from('é'), 2), tested(1, Buffer.of(255), 2)]
    const result = await given(...before, ...ran, judged(2, 2))
    expect(result).toMatchObject({
      testSummary: { total: 2, run: 2, passed: 2 },
      tests: [
        { name: 'first', outcome: 'success', stdOutput: 'é', stdError: '', encoding: 'utf8' },
        { name: 'second', outcome: 'success', stdOutput: '/w==', stdError: '', encoding: 'base64' },
      ],
    })
  })

  it('has the files of the attempt that ended, put together from their pieces, and says which are not there', async () => {
    const asked = received({ outputs: ['*'], outputLimits: { files: 9, fileBytes: 9, totalBytes: 9 } })
    const cut = [{ file: 1, size: 70 }]
    const before = [asked, started(), announced(['old'], [1]), filled(0, 0, 'o'), abandoned(), started(2)]
    const pieces = [filled(1, 3, Buffer.of(255), 2), filled(0, 0, 'é', 2), filled(1, 0, 'abc', 2)]
    const result = await given(
      ...before,
      announced(['a', 'b', 'c'], [2, 4, 0], 2, cut),
      ...pieces,
      completed('success', 2),
    )
    expect(result).toMatchObject({
      ...{ outputPatterns: ['*'], outputLimits: { files: 9 }, omittedOutputCount: 1 },
      outputs: [
        { name: 'a', size: 2, content: Buffer.from('é').toString('base64'), truncated: false },
        { name: 'b', size: 70, content: 'YWJj/w==', truncated: true },
        { name: 'c', size: 0, content: '', truncated: false },
      ],
      omittedOutputs: [{ name: 'z', reason: 'too_many' }],
    })
  })

  it('tells of no files where none were asked for, and of null where nobody could look', async () => {
    expect(await given(received(), started(), completed())).not.toHaveProperty('outputs')
    const asked = received({ outputs: ['*'], outputLimits: { files: 9, fileBytes: 9, totalBytes: 9 } })
    expect(await given(asked, started(), completed('compile_error'))).toMatchObject({ outputs: null })
    expect(await given(asked, started())).toMatchObject({ outputLimits: { files: 9 } })
  })

  it('is failed with the last cause when every attempt was given up', async () => {
    expect(await given(received(), started(), abandoned(), failed('no daemon'))).toMatchObject({
      status: 'failed',
      phase: 'done',
      outcome: 'internal_error',
      reason: 'no daemon',
      error: 'The program could not be run: no daemon',
      completedAt: '2026-01-01T00:00:00.003Z',
    })
  })

  it('is cancelled with the reason given', async () => {
    expect(await given(received(), cancelled('changed my mind'))).toMatchObject({
      status: 'cancelled',
      outcome: null,
      reason: 'changed my mind',
    })
  })

  it('does not begin with anything but the submission', async () => {
    await expect(given(started())).rejects.toThrow('ExecutionStarted before SubmissionReceived')
  })
})
