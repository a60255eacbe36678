/** System errors carry a code; the client's own word for a connection it has given up does not. */
export const isConnectionError = (error: unknown): boolean =>
  error instanceof Error && ('code' in error || error.message.startsWith('Connection is closed'))
