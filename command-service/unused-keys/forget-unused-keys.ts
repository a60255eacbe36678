import type { EventLog, EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { KeyStoreFault, Reservation } from '@runledger/shared-kernel/sealing/key-store.ts'
import type { Keyring } from '@runledger/shared-kernel/sealing/keyring.ts'
import * as E from 'fp-ts/lib/Either.js'

type Needs = Readonly<{
  log: Pick<EventLog, 'readStream'>
  keyring: Pick<Keyring, 'unsettled' | 'settle' | 'destroy'>
  now: () => Date
}>

type Fault = EventLogFault | KeyStoreFault

/** Whatever took a key in time is in the log by then, also where clocks of machines differ. */
const waitMs = 60 * 60 * 1000

const reservationsAtOnce = 20

const unusedOf = async ({ log }: Needs, { streams }: Reservation): Promise<E.Either<Fault, ReadonlyArray<string>>> => {
  const unused: Array<string> = []
  for (const stream of streams) {
    const events = await log.readStream(stream, 1)()
    if (E.isLeft(events)) return events
    if (events.right.length === 0) unused.push(stream)
  }
  return E.right(unused)
}

const forgetOne = async (needs: Needs, reservation: Reservation): Promise<E.Either<Fault, number>> => {
  const unused = await unusedOf(needs, reservation)
  if (E.isLeft(unused)) return unused
  const destroyed = unused.right.length === 0 ? E.right(0) : await needs.keyring.destroy(unused.right)()
  if (E.isLeft(destroyed)) return destroyed
  const settled = await needs.keyring.settle([reservation.id])()
  return E.isLeft(settled) ? settled : destroyed
}

/**
 * Deletes the keys that a process made ahead and had no time to delete, where their streams never began. Answers how many
 * there were, or the fault after which it gave up for this time.
 */
export const forgetUnusedKeys = (needs: Needs) => async (): Promise<E.Either<Fault, number>> => {
  const before = new Date(needs.now().getTime() - waitMs).toISOString()
  const left = await needs.keyring.unsettled(before, reservationsAtOnce)()
  if (E.isLeft(left)) return left
  let count = 0
  for (const reservation of left.right) {
    const forgotten = await forgetOne(needs, reservation)
    if (E.isLeft(forgotten)) return forgotten
    count += forgotten.right
  }
  return E.right(count)
}
