const daemonGone = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EACCES', 'EPIPE', 'ETIMEDOUT'])

/** What went wrong while an image was made, as a person is told. */
export const problemInWords = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  const { code, syscall } = cause as NodeJS.ErrnoException
  return code !== undefined && daemonGone.has(code) && syscall === 'connect'
    ? `the Docker daemon does not answer (${cause.message}): is it running, and may this user talk to it?`
    : cause.message
}
