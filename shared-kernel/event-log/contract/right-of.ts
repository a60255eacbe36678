import * as E from 'fp-ts/lib/Either.js'

/** The answer of a step that must succeed for a test to mean anything. */
export const rightOf = <A>(either: E.Either<unknown, A>): A => {
  if (E.isLeft(either)) throw new Error(`a right was expected, not ${JSON.stringify(either.left)}`)
  return either.right
}
