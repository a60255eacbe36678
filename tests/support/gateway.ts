import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where each side serves now; it may be somewhere else after a restart. */
export type Sides = Readonly<{ commands: () => string; queries: () => string }>

export type Gateway = Readonly<{ url: string; close: () => Promise<void> }>

const isCommand = ({ method, url = '' }: IncomingMessage): boolean =>
  url === '/api/submit' || (url.startsWith('/api/submissions') && method !== 'GET' && method !== 'HEAD')

const forward = (sides: Sides) => (request: IncomingMessage, response: ServerResponse) => {
  const { method, url = '', headers } = request
  const side = isCommand(request) ? sides.commands() : sides.queries()
  const onward = send(new URL(url, side), { method, headers, agent: false }, answer => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.once('error', () => response.destroy())
  })
  onward.once('error', () => (response.headersSent ? response.destroy() : response.writeHead(503).end()))
  response.once('close', () => onward.destroy())
  request.pipe(onward)
}

/** One address for both sides, as the composition's nginx has it. */
export const openGateway = async (sides: Sides): Promise<Gateway> => {
  const server = createServer(forward(sides)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: `http://127.0.0.1:${port}`, close }
}
