import type { Logger } from '../logger/logger.ts'
import { GatheringRedis } from './gathering-redis.ts'
import { rationedReport } from './rationed-report.ts'

type Needs = Readonly<{
  url: string
  logger: Logger
  /** What it is for, in the words of a log line. */
  purpose: string
}>

export type RedisLink = Readonly<{
  client: GatheringRedis
  /** Why commands would wait in vain; null while it is connected and before the first attempt has failed. */
  outage: () => string | null
  disconnect: () => void
}>

const closedByPeer = 'the connection was closed'
const longestWaitMs = 2000

// Longer than any command blocks: a peer that has vanished without a word is given up then.
const deadSocketMs = 20_000

/** Quick at first, and never in step with the other processes that lost the same server. */
const reconnectAfterMs = (times: number): number =>
  Math.min(50 * 2 ** Math.min(times, 10), longestWaitMs) * (0.75 + Math.random() / 2)

/**
 * Connects and keeps trying, for ever; commands sent while it does not stand wait for it. Outages are logged when they
 * begin and end.
 */
export const connectRedis = ({ url, logger, purpose }: Needs): RedisLink => {
  const report = rationedReport(logger)
  let outage: string | null = null
  let lastError = closedByPeer
  let disconnecting = false
  const client = new GatheringRedis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: reconnectAfterMs,
    socketTimeout: deadSocketMs,
    connectTimeout: 5000,
  })
  client.on('error', (error: Error) => {
    lastError = error.message
    report('debug', error, `Redis: ${purpose}`)
  })
  client.on('close', () => {
    if (outage === null && !disconnecting)
      logger.warn({ cause: lastError }, `Redis does not answer: ${purpose}; trying again`)
    outage = lastError
  })
  client.on('ready', () => {
    if (outage !== null) logger.info({}, `Redis answers again: ${purpose}`)
    outage = null
    lastError = closedByPeer
  })
  const disconnect = (): void => {
    disconnecting = true
    client.disconnect()
  }
  return { client, outage: () => outage, disconnect }
}
