import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

const daemon = '/var/run/docker.sock'

/** A way to the Docker daemon that the test can close and open, so that Docker is gone for one process only. */
export type DockerProxy = Readonly<{ host: string; close: () => Promise<void>; open: () => Promise<void> }>

export const dockerProxy = async (socketPath: string): Promise<DockerProxy> => {
  const sockets = new Set<Socket>()
  const tie = (from: Socket, to: Socket): void => {
    sockets.add(from)
    from.pipe(to)
    from.on('error', () => to.destroy())
    from.on('close', () => {
      sockets.delete(from)
      to.destroy()
    })
  }
  const server = createServer({ allowHalfOpen: true }, client => {
    const upstream = connect({ path: daemon, allowHalfOpen: true })
    tie(client, upstream)
    tie(upstream, client)
  })
  const open = async () => {
    server.listen(socketPath)
    await once(server, 'listening')
  }
  const close = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await open()
  return { host: `unix://${socketPath}`, close, open }
}
