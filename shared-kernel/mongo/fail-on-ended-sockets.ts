import { createRequire } from 'node:module'
import type { Socket } from 'node:net'

type DriverConnection = Readonly<{
  socket: Socket
  error: Error | null
  once: (event: 'close', listener: () => void) => void
  off: (event: 'close', listener: () => void) => void
  destroy: () => void
}>

type Write = (this: DriverConnection, command: unknown, options: unknown) => Promise<void>

const isConnectionClass = (found: unknown): found is { prototype: { writeCommand: Write } } =>
  typeof found === 'function' && typeof found.prototype?.writeCommand === 'function'

/**
 * What the driver (7.9) writes to a socket that has ended waits for its 'drain' for ever, in the moment before 'close'
 * is told and where 'close' comes while the socket is full. No time-out ends that, as an ended socket has none: the
 * question never settles, or the monitor never looks again and its client stays away from a server that is back.
 */
export const failOnEndedSockets = (): void => {
  const { Connection }: Readonly<Record<string, unknown>> = createRequire(import.meta.url)(
    'mongodb/lib/cmap/connection.js',
  )
  if (!isConnectionClass(Connection)) throw new Error('this driver of MongoDB writes in another way than 7.9 does')
  const { prototype } = Connection
  const { writeCommand } = prototype
  prototype.writeCommand = async function (command, options) {
    const { promise: closed, reject } = Promise.withResolvers<never>()
    const onClose = (): void => reject(this.error)
    this.once('close', onClose)
    if (this.socket.destroyed) this.destroy()
    try {
      await Promise.race([closed, writeCommand.call(this, command, options)])
    } finally {
      this.off('close', onClose)
    }
  }
}
