import * as E from 'fp-ts/lib/Either.js'

/** The URL in that variable, or a word about what is missing. */
export const requireUrl = (variable: 'MONGO_URL' | 'REDIS_URL', url: string | null): E.Either<string, string> =>
  E.fromNullable(`${variable} must be set where services run apart (everything in one process: npm start)`)(url)
