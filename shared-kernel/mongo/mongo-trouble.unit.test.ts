import { describe, expect, it } from 'vitest'
import { MongoNetworkError, MongoNetworkTimeoutError, MongoServerError, MongoTopologyClosedError } from './driver.ts'
import { mongoTrouble } from './mongo-trouble.ts'

const ofServer = (code: number, labels: ReadonlyArray<string> = []) =>
  new MongoServerError({ message: 'said the server', code, errorLabels: [...labels] })

describe('what an error of the MongoDB driver means', () => {
  it.each([
    [ofServer(11000), 'duplicate'],
    [new MongoTopologyClosedError('closed'), 'unsent'],
    [new MongoNetworkError('cut'), 'uncertain'],
    [new MongoNetworkTimeoutError('silent'), 'uncertain'],
    [Object.assign(new Error('ended by the other party'), { code: 'EPIPE' }), 'uncertain'],
    [ofServer(10107), 'uncertain'],
    [ofServer(64), 'uncertain'],
    [ofServer(4711, ['RetryableWriteError']), 'uncertain'],
    [ofServer(13), 'denied'],
    [ofServer(14031), 'full'],
    [ofServer(2), null],
    [new TypeError('ours'), null],
    ['no error at all', null],
  ])('%s: %s', (thrown, trouble) => {
    expect(mongoTrouble(thrown)).toBe(trouble)
  })
})
