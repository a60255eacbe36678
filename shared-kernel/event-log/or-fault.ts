import * as E from 'fp-ts/lib/Either.js'
import type { EventLogFault } from './event-log.ts'

/** Asks a store; what it throws becomes a fault, and is thrown on where it is a defect. */
export const orFault =
  (faultOf: (thrown: unknown) => EventLogFault | null) =>
  async <Fault, A>(question: () => Promise<E.Either<Fault, A>>): Promise<E.Either<Fault | EventLogFault, A>> => {
    try {
      return await question()
    } catch (thrown) {
      const fault = faultOf(thrown)
      if (fault === null) throw thrown
      return E.left(fault)
    }
  }
