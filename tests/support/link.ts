import { once } from 'node:events'
import { connect, createServer, type ListenOptions, type NetConnectOpts, type Socket } from 'node:net'

/** `cut` drops the data and ends the connection, `tear` ends it after half of the data. */
type Passage = 'pass' | 'cut' | 'tear'

/** Looks at what one connection carries. */
export type Watch = (direction: 'request' | 'answer', data: Buffer) => Passage

/** A way to a server that a test can close, open and listen in on, for one client process or for all. */
export type Link = Readonly<{
  /** Port it listens on; 0 where it is a socket in the file system. */
  port: number
  /** Ends the connections there are; new ones are let through. */
  sever: () => void
  /** Ends the connections there are and refuses new ones. */
  close: () => Promise<void>
  open: () => Promise<void>
  /** Every connection, also those there are, is looked at by a watch of its own; null: by none. */
  watch: (newWatch: (() => Watch) | null) => void
}>

const passAll: Watch = () => 'pass'

type Ends = Readonly<{ from: Socket; to: Socket }>

const forward = ({ from, to }: Ends, look: (data: Buffer) => Passage): void => {
  from.on('data', (data: Buffer) => {
    const passage = look(data)
    if (passage === 'pass') {
      if (!to.write(data)) from.pause()
      return
    }
    if (passage === 'tear') to.end(data.subarray(0, data.length / 2))
    from.destroy()
  })
  to.on('drain', () => from.resume())
  from.on('end', () => to.end())
  from.on('error', () => to.destroy())
  from.on('close', () => to.destroySoon())
}

/** Listens at `at` and passes every connection on to `target`. */
export const openLink = async (at: ListenOptions, target: NetConnectOpts): Promise<Link> => {
  const clients = new Set<Socket>()
  let newWatch = (): Watch => passAll
  let address = at

  // The watch follows its factory, so that connections of a pool are watched from now on too.
  const watching = (): Watch => {
    let made = newWatch
    let current = made()
    return (direction, data) => {
      if (made !== newWatch) {
        made = newWatch
        current = made()
      }
      return current(direction, data)
    }
  }

  const server = createServer({ allowHalfOpen: true }, client => {
    const upstream = connect({ ...target, allowHalfOpen: true })
    const watch = watching()
    clients.add(client)
    client.on('close', () => clients.delete(client))
    forward({ from: client, to: upstream }, data => watch('request', data))
    forward({ from: upstream, to: client }, data => watch('answer', data))
  })

  const portOf = (): number => {
    const bound = server.address()
    return bound !== null && typeof bound === 'object' ? bound.port : 0
  }
  const open = async () => {
    server.listen(address)
    await once(server, 'listening')
  }
  const sever = () => {
    for (const client of clients) client.destroy()
  }
  const close = async () => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    sever()
    await closed
  }

  await open()
  const port = portOf()
  if (at.path === undefined) address = { ...at, port }
  return {
    port,
    sever,
    close,
    open,
    watch: factory => {
      newWatch = factory ?? (() => passAll)
    },
  }
}
