import { left, right } from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { createMeter } from './create-meter.ts'
import { measureQueue } from './measure-queue.ts'

it('a queue that does not answer is told nothing of, and the rest is', async () => {
  const meter = createMeter()
  let isGone = false
  measureQueue(meter, {
    counts: () => async () =>
      isGone ? left({ _tag: 'QueueUnavailable', message: 'gone' }) : right({ waiting: 2, active: 1 }),
  })
  const shown = async () => (await meter.exposition()).text.split('\n').filter(line => line.startsWith('runledger'))
  expect(await shown()).toStrictEqual([
    'runledger_queue_jobs{state="waiting"} 2',
    'runledger_queue_jobs{state="active"} 1',
  ])
  isGone = true
  expect(await shown()).toStrictEqual([])
})
