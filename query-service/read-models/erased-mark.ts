import * as t from 'io-ts'

/** Of what was erased, and of nothing else, a document says so. */
export const erasedMark = t.exact(t.partial({ erased: t.literal(true) }))
