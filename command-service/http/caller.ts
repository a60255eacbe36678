import { anonymousTenant } from '@runledger/shared-kernel/types/anonymous.ts'

/** On whose behalf a request speaks. Until requests are authenticated there is one caller and one tenant. */
export type Caller = Readonly<{ actor: string; tenant: string }>

export const anonymous: Caller = { actor: 'anonymous', tenant: anonymousTenant }
