import type { Upcaster } from '../event-log/upcaster.ts'
import { executionCompleted1 } from './earlier-schemas/execution-completed-1.ts'
import { executionFailed1 } from './earlier-schemas/execution-failed-1.ts'

/** Every step there is. A step stays for ever: what was written with its schema is never rewritten. */
export const upcasters: ReadonlyArray<Upcaster> = [executionCompleted1, executionFailed1]
