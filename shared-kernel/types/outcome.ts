import * as t from 'io-ts'

export const outcome = t.keyof(
  {
    success: null,
    accepted: null,
    wrong_answer: null,
    compile_error: null,
    compile_limit: null,
    runtime_error: null,
    signalled: null,
    time_limit: null,
    memory_limit: null,
    output_limit: null,
    internal_error: null,
  },
  'Outcome',
)
export type Outcome = t.TypeOf<typeof outcome>
