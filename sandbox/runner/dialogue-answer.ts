import * as E from 'fp-ts/lib/Either.js'
import type { DialogueRefusal } from '../sandbox.ts'

export type DialogueAnswer = E.Either<DialogueRefusal, void>

export const refused = (why: DialogueRefusal['why']): DialogueAnswer => E.left({ _tag: 'DialogueRefusal', why })
