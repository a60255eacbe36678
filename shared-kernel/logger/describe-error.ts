/** What a log may say of an error: never its other members, where drivers and parsers keep what they were given. */
export const describeError = (error: unknown): unknown =>
  error instanceof Error ? { type: error.name, message: error.message, stack: error.stack } : error
