import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { RecordedEvent } from '../event-log/commit.ts'
import type { KeyStoreFault } from './key-store.ts'
import type { Keyring } from './keyring.ts'
import { isSealedContent, openEvent } from './seal-event.ts'

type Recorded = ReadonlyArray<RecordedEvent>

const isSealed = ({ event }: RecordedEvent): boolean => isSealedContent(event)

/** After it nothing of its stream is opened, wherever its key may still be at hand. */
export const isErasure = ({ event }: RecordedEvent): boolean => event.type === 'SubmissionErased'

/**
 * Events of one stream with those that `isWanted` in plain; they stay sealed where the stream was erased or the key is
 * gone. The stream's key is asked for once, and only where something is sealed.
 */
export const openEvents =
  (keyring: Pick<Keyring, 'keyOf'>, isWanted: (recorded: RecordedEvent) => boolean = () => true) =>
  (events: Recorded): TE.TaskEither<KeyStoreFault, Recorded> => {
    const first = events.find(recorded => isSealed(recorded) && isWanted(recorded))
    if (first === undefined || events.some(isErasure)) return TE.right(events)
    return pipe(
      keyring.keyOf(first.stream),
      TE.map(key =>
        events.map(recorded => {
          const { event } = recorded
          if (key === null || !isSealedContent(event) || !isWanted(recorded)) return recorded
          return { ...recorded, event: openEvent(key, recorded, event) ?? event }
        }),
      ),
    )
  }
