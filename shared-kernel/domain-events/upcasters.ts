import type { Upcaster } from '../event-log/upcaster.ts'

/** Every step there is. A step stays for ever: what was written with its schema is never rewritten. */
export const upcasters: ReadonlyArray<Upcaster> = []
