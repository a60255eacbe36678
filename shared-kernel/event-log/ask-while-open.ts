import * as E from 'fp-ts/lib/Either.js'
import type { EventLogFault } from './event-log.ts'
import { orFault } from './or-fault.ts'

const closed: EventLogFault = { _tag: 'EventLogFault', kind: 'unreachable', message: 'the log is closed' }

/** Puts questions to a store until it is shut. What the store throws becomes a fault, what is a defect is thrown on. */
export const askWhileOpen = (faultOf: (thrown: unknown) => EventLogFault | null) => {
  const put = orFault(faultOf)
  let isOpen = true
  return {
    ask: async <Fault, A>(question: () => Promise<E.Either<Fault, A>>): Promise<E.Either<Fault | EventLogFault, A>> =>
      isOpen ? put(question) : E.left(closed),
    shut: (): void => {
      isOpen = false
    },
  }
}
