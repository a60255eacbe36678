import type { EventLogFault } from '@runledger/shared-kernel/event-log/event-log.ts'

const passing: ReadonlySet<EventLogFault['kind']> = new Set(['full', 'unreachable', 'contended'])

/** True for faults after which the same request may be sent again. */
export const isPassingFault = (fault: EventLogFault | Readonly<{ _tag: string }>): boolean =>
  'kind' in fault && passing.has(fault.kind)
