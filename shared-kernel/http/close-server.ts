import type { Server } from 'node:http'

// Answers on their way get so long; a client that does not read them holds up nobody.
const patienceMs = 2000

/** Takes no more connections, lets answers under way go out, and then closes what is left. */
export const closeServer = async (server: Server): Promise<void> => {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  server.close(() => resolve())
  server.closeIdleConnections()
  const impatience = setTimeout(() => server.closeAllConnections(), patienceMs)
  await closed
  clearTimeout(impatience)
}
