import type { Fault } from '../fault.ts'

/** What the others are compared with. */
export const nothing: Fault = { name: 'nothing', cluster: {}, strike: async () => undefined }
