import { openInMemoryEventLog } from '@runledger/shared-kernel/event-log/in-memory/in-memory-event-log.ts'
import type { SubmissionCommand } from '@runledger/shared-kernel/submission/submission-command.ts'
import type { CommandId, SubmissionId } from '@runledger/shared-kernel/types/ids.ts'
import * as E from 'fp-ts/lib/Either.js'
import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { execute } from '../../execute.ts'
import { serve } from '../../test-support/serve.ts'

const submitted = async () => {
  const log = openInMemoryEventLog()
  const service = await serve({ log })
  const { body } = await service.post('/api/submit', { code: 'x', lang: 'python' })
  const id = body['codeSubmissionId'] as SubmissionId
  const command = async (order: SubmissionCommand) => {
    const meta = { correlationId: id, causationId: id, actor: 'worker', tenant: 'anonymous', traceparent: null }
    const dependencies = { log, now: () => new Date() }
    const done = await execute(dependencies, { submissionId: id, commandId: v7() as CommandId, meta, command: order })()
    expect(E.isRight(done)).toBe(true)
  }
  return { ...service, id, command, cancel: `/api/submissions/${id}/cancel` }
}

const claim: SubmissionCommand = {
  _tag: 'ClaimAttempt',
  worker: { workerId: 'w', incarnation: 'i', budgetMs: 1, languageVersion: '1', imageDigest: 'd' },
  supersede: null,
  maxAttempts: 3,
}

describe('given a submission that waits', () => {
  it('is cancelled, and stays so', async () => {
    const { post, cancel, id } = await submitted()
    const first = await post(cancel, { why: 'a mistake' })
    expect(first).toMatchObject({ status: 200, body: { codeSubmissionId: id, status: 'cancelled' } })
    expect(first.headers.has('x-position')).toBe(true)
    expect(await post(cancel, {})).toMatchObject({
      status: 409,
      body: { error: 'The submission is already cancelled' },
    })
  })

  it('is cancelled without a body too', async () => {
    const { url, cancel } = await submitted()
    expect((await fetch(url + cancel, { method: 'POST' })).status).toBe(200)
  })
})

describe('given a submission that runs', () => {
  it('is asked to stop, as often as one likes', async () => {
    const { post, cancel, command } = await submitted()
    await command(claim)
    expect(await post(cancel, {})).toMatchObject({ status: 202, body: { status: 'pending' } })
    expect(await post(cancel, {})).toMatchObject({ status: 202, body: { status: 'pending' } })
  })
})

describe('given nothing of that id', () => {
  it.each([v7(), 'nonsense', '%00'])('%s: is not found', async id => {
    const { post } = await serve()
    const answer = await post(`/api/submissions/${id}/cancel`, {})
    expect(answer).toMatchObject({ status: 404, body: { error: 'Code submission not found' } })
  })
})

describe('given a body that cannot be meant', () => {
  it.each([{ reason: 'x' }, { why: 5 }, { why: 'x'.repeat(1_001) }, { why: '\ud800' }, []])(
    '%j: names it',
    async body => {
      const { post, cancel } = await submitted()
      expect((await post(cancel, body)).status).toBe(422)
    },
  )
})
