import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import { describe, expect, it } from 'vitest'
import { aLog, aProcess } from './test-support/a-process.ts'
import { echo, fakeSandbox } from './test-support/fake-sandbox.ts'
import { dataOf, receive, tell, untilEnded } from './test-support/submissions.ts'

const nothing = { bytes: 0, truncated: false }

/** A submission that an earlier process ran, on the image of that digest. */
const ranOn = async (log: EventLog, imageDigest: string): Promise<SubmissionId> => {
  const id = await receive(log)
  const worker = { workerId: 'w', incarnation: 'earlier', budgetMs: 1000, languageVersion: '3.12', imageDigest }
  await tell(log, id, { _tag: 'ClaimAttempt', worker, supersede: null, maxAttempts: 3 })
  await tell(log, id, {
    _tag: 'CompleteAttempt',
    compilation: null,
    chunks: [],
    data: {
      ...{ attempt: 1, outcome: 'success', reason: null, exitCode: null, signal: null, usage: null },
      output: { stdout: nothing, stderr: nothing },
    },
  })
  return id
}

const replayed = async (
  log: EventLog,
  replayOf: SubmissionId,
  olderImages: ReadonlyArray<string>,
  asked: Pick<SubmissionReceived['data'], 'replayImage'> = {},
) => {
  const { sandbox, requests } = fakeSandbox(echo, olderImages)
  const { service } = aProcess(sandbox, { log })
  await service.start()
  const id = await receive(log, { replayOf, ...asked })
  await untilEnded(log, id)
  return { started: await dataOf(log, id, 'ExecutionStarted'), images: requests.map(({ image }) => image) }
}

describe('given a replay', () => {
  it('runs on the image the replayed ran on, where this worker has it', async () => {
    const log = aLog()
    const { started, images } = await replayed(log, await ranOn(log, 'sha256:old'), ['sha256:old'])
    expect(started).toMatchObject([{ languageVersion: '3.12', imageDigest: 'sha256:old' }])
    expect(images).toStrictEqual(['sha256:old'])
  })

  it('runs on the current image where that is asked for', async () => {
    const log = aLog()
    const asked = { replayImage: 'current' } as const
    const { started } = await replayed(log, await ranOn(log, 'sha256:old'), ['sha256:old'], asked)
    expect(started).toMatchObject([{ languageVersion: '3.13', imageDigest: 'sha256:0' }])
  })

  it('runs on the current image where the other is gone', async () => {
    const log = aLog()
    const { started, images } = await replayed(log, await ranOn(log, 'sha256:old'), [])
    expect(started).toMatchObject([{ languageVersion: '3.13', imageDigest: 'sha256:0' }])
    expect(images).toStrictEqual(['sha256:0'])
  })

  it('runs on the current image where the replayed never ran', async () => {
    const log = aLog()
    const withdrawn = await receive(log)
    await tell(log, withdrawn, { _tag: 'RequestCancellation', who: 'client', why: '' })
    const { started } = await replayed(log, withdrawn, ['sha256:old'])
    expect(started).toMatchObject([{ imageDigest: 'sha256:0' }])
  })
})
