import * as E from 'fp-ts/lib/Either.js'
import type { Decision } from './decision.ts'
import type { EraseSubmission } from './submission-command.ts'

/** What runs is not erased under its worker's hands; what was stored in plain cannot be, and nobody is told that it was. */
export const eraseSubmission =
  ({ who, why }: EraseSubmission): Decision =>
  state => {
    switch (state.status) {
      case 'unknown':
        return E.left({ _tag: 'UnknownSubmission' })
      case 'waiting':
      case 'running':
        return E.left({ _tag: 'NotEnded', phase: state.status })
      case 'erased':
        return E.right([])
      default:
        return state.isSealed === true
          ? E.right([{ type: 'SubmissionErased', schema: 1, data: { who, why } }])
          : E.left({ _tag: 'StoredInPlain' })
    }
  }
