import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import type { Position } from '../../event-log/commit.ts'
import type { Logger } from '../../logger/logger.ts'
import { connectRedis } from '../../redis/connect-redis.ts'
import { rationedReport } from '../../redis/rationed-report.ts'
import { quickDecoder } from '../../types/quick-decoder.ts'
import { createInProcessWakeUp } from '../in-process-wake-up.ts'
import type { WakeUp } from '../wake-up.ts'
import { createBroadcaster } from './broadcaster.ts'
import { wakeUpMessage } from './wake-up-message.ts'

type Options = Readonly<{
  url: string
  /** Only those who follow the same log hear each other. */
  logId: string
  /** What the positions tell: those who listen to another topic hear nothing of it. */
  topic?: string
  logger: Logger
  /** Told of what a listener throws; the others are still told. */
  onDefect: (defect: unknown) => void
}>

const paceMs = 10
const busyPaceMs = 25

const decodeMessage = quickDecoder(wakeUpMessage)

/** JSON as Redis gave it; undefined where it is none. */
const parse = (text: string): unknown =>
  E.toUnion(
    E.tryCatch(
      () => JSON.parse(text),
      () => undefined,
    ),
  )

/**
 * Listeners of this process are told at once, those of other processes through Redis as far as it can be reached: a
 * message lost costs latency, never correctness.
 */
export const openRedisWakeUp = ({ url, logId, topic = 'grown', logger, onDefect }: Options): WakeUp => {
  const from = randomUUID()
  const channel = `runledger:${logId}:${topic}`
  const local = createInProcessWakeUp(onDefect)
  const publisher = connectRedis({ url, logger, purpose: 'wake-ups to others' })
  const report = rationedReport(logger)
  const onFault = (error: unknown): void => report('debug', error, 'A wake-up was not sent')
  let subscriber: ReturnType<typeof connectRedis> | null = null

  const broadcast = createBroadcaster({
    isReachable: () => publisher.client.status === 'ready',
    send: async positions => void (await publisher.client.publish(channel, JSON.stringify({ from, positions }))),
    onFault,
    paceMs,
    busyPaceMs,
  })

  const hear = (_channel: string, text: string): void => {
    const message = decodeMessage(parse(text))
    if (E.isLeft(message)) report('warn', 'no message of this version', 'A wake-up cannot be read')
    else if (message.right.from !== from) for (const position of message.right.positions) local.announce(position)
  }

  // The subscription is renewed by the client after every outage.
  const listenToOthers = (): void => {
    if (subscriber !== null) return
    subscriber = connectRedis({ url, logger, purpose: 'wake-ups from others' })
    subscriber.client.on('message', hear)
    subscriber.client.subscribe(channel).catch(onFault)
  }

  return {
    announce: (position: Position) => {
      local.announce(position)
      broadcast(position)
    },
    subscribe: listener => {
      listenToOthers()
      return local.subscribe(listener)
    },
    close: async () => {
      publisher.disconnect()
      subscriber?.disconnect()
      await local.close()
    },
  }
}
