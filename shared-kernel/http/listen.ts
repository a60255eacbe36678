import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

/** Nobody can be served at that address; `message` says why and what to do. */
export type AddressUnusable = Readonly<{ _tag: 'AddressUnusable'; message: string }>

/** `portVariable` is what an operator sets the port by. */
export type Address = Readonly<{ host: string; port: number; portVariable: string }>

const explanations = (portVariable: string): Readonly<Record<string, string>> => ({
  EADDRINUSE: `another process listens there already; stop it or set ${portVariable} to a free one`,
  EACCES: `this user may not listen there; set ${portVariable} to one above 1023`,
  EADDRNOTAVAIL: 'this machine has no such address; set HOST to one it has',
  ENOTFOUND: 'this machine has no such address; set HOST to one it has',
})

const unusable = ({ host, port, portVariable }: Address, error: NodeJS.ErrnoException): AddressUnusable => ({
  _tag: 'AddressUnusable',
  message: `cannot serve on ${host}:${port}: ${explanations(portVariable)[error.code ?? ''] ?? error.message}`,
})

/** Serves `app` there. Resolves once connections are accepted. */
export const listen = async (app: RequestListener, address: Address): Promise<Either<AddressUnusable, Server>> => {
  const server = createServer(app)
  try {
    server.listen(address.port, address.host)
    await once(server, 'listening')
    return right(server)
  } catch (error) {
    return left(unusable(address, error as NodeJS.ErrnoException))
  }
}

/** Whether the address could be served now; nothing is left listening. */
export const checkAddress = async (address: Address): Promise<Either<AddressUnusable, void>> => {
  const server = await listen(() => undefined, address)
  if (isLeft(server)) return server
  await once(server.right.close(), 'close')
  return right(undefined)
}

/** Where the server can be reached. */
export const urlOf = (server: Server): string => {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
