import type { DomainEvent } from '../domain-events/domain-event.ts'
import { sealedLength } from '../types/sealed-text.ts'
import type { EventLogFault } from './event-log.ts'

const kibibyte = 1024
const mebibyte = 1024 * kibibyte

/**
 * Greatest sizes as stored, in bytes. A chunk's is that of its base64 text: 48 KiB of output fill it exactly, in plain or,
 * with what a seal adds, sealed.
 */
export const sizeCaps = {
  outputChunk: 64 * kibibyte,
  sealedChunk: sealedLength(48 * kibibyte),
  event: 4 * mebibyte,
  commit: 8 * mebibyte,
} as const

const tooLarge = (what: string, size: number, cap: number): EventLogFault => ({
  _tag: 'EventLogFault',
  kind: 'too_large',
  message: `${what} is ${size} bytes, at most ${cap} are stored`,
})

const over = (what: string, size: number, cap: number): EventLogFault | null =>
  size > cap ? tooLarge(what, size, cap) : null

const overChunkCap = (event: DomainEvent): EventLogFault | null => {
  if (event.type !== 'OutputChunk') return null
  return event.schema === 1
    ? over('an OutputChunk', Buffer.byteLength(event.data.bytes), sizeCaps.outputChunk)
    : over('a sealed OutputChunk', event.data.sealed.length, sizeCaps.sealedChunk)
}

const overEventCap = (event: DomainEvent, size: number): EventLogFault | null => {
  return overChunkCap(event) ?? over(`a ${event.type}`, size, sizeCaps.event)
}

/** The first cap that a commit of these events would pass; null where it may be stored. `texts` are the events as stored. */
export const overCap = (
  events: ReadonlyArray<DomainEvent>,
  texts: ReadonlyArray<string>,
  meta: string,
): EventLogFault | null => {
  const sizes = texts.map(text => Buffer.byteLength(text))
  for (const [index, event] of events.entries()) {
    const fault = overEventCap(event, sizes[index] ?? 0)
    if (fault !== null) return fault
  }
  const punctuation = texts.length + 1
  return over(
    'a commit',
    sizes.reduce((sum, size) => sum + size, Buffer.byteLength(meta) + punctuation),
    sizeCaps.commit,
  )
}
