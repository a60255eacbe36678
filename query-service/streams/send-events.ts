import type { RecordedEvent } from '@runledger/shared-kernel/event-log/commit.ts'
import { drained } from '@runledger/shared-kernel/http/drained.ts'
import type { openEvents } from '@runledger/shared-kernel/sealing/open-events.ts'
import { isTerminal } from '@runledger/shared-kernel/submission/is-terminal.ts'
import type { Response } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import { presentEvent } from '../audit/present-event.ts'
import type { WatchedStream } from './watched-stream.ts'

/** `heartbeatMs`: how often a word is said where nothing happens; `drainMs`: how long a reader may take nothing. */
export type StreamTiming = Readonly<{ heartbeatMs: number; drainMs: number }>

type Events = ReadonlyArray<RecordedEvent>

type OpenEvents = ReturnType<typeof openEvents>

const reconnectMs = 1000

const frameOf = (recorded: RecordedEvent): string =>
  `event: ${recorded.event.type}\nid: ${recorded.version}\ndata: ${JSON.stringify(presentEvent(recorded))}\n\n`

const begin = (response: Response): void => {
  // Proxies that gather answers let this one through.
  response.status(200).set({ 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' })
  // Not `set`, which would add a charset: this media type has but one.
  response.setHeader('Content-Type', 'text/event-stream')
  response.write(`retry: ${reconnectMs}\n\n`)
}

/**
 * Writes events to a client as they come, one buffer of the connection ahead of it and no more, until the terminal one.
 * Who takes nothing for too long is dropped.
 */
export const sendEvents = async (
  response: Response,
  reader: Pick<WatchedStream, 'next'>,
  { seen, open, heartbeatMs, drainMs }: StreamTiming & Readonly<{ seen: Events; open: OpenEvents }>,
): Promise<void> => {
  /** False once there is nobody to write to, or nothing more to write. */
  const send = async (events: Events): Promise<boolean> => {
    for (const recorded of events) {
      if (response.destroyed) return false
      if (!response.write(frameOf(recorded)) && !(await drained(response, drainMs))) response.destroy()
      if (isTerminal(recorded.event)) return false
    }
    return !response.destroyed
  }

  // Where the key cannot be asked for the answer ends: the client connects again, behind what it has.
  const sendOpened = async (events: Events): Promise<boolean> => {
    const opened = await open(events)()
    return !isLeft(opened) && send(opened.right)
  }

  begin(response)
  const beat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(': still here\n\n')
  }, heartbeatMs)
  try {
    let goesOn = await sendOpened(seen)
    while (goesOn) {
      const events = await reader.next()
      goesOn = !isLeft(events) && events.right.length > 0 && (await sendOpened(events.right))
    }
  } finally {
    clearInterval(beat)
    response.end()
  }
}
