import * as t from 'io-ts'

/** Why a file that was asked for is not kept. What each means: `LeftOutFile` of the sandbox. */
const leftOutReason = t.keyof(
  {
    too_large: null,
    too_many: null,
    no_room: null,
    not_regular: null,
    linked: null,
    not_readable: null,
    too_deep: null,
    not_utf8: null,
    search_time: null,
  },
  'LeftOutReason',
)

export const leftOutFile = t.strict({ path: t.string, reason: leftOutReason }, 'LeftOutFile')
