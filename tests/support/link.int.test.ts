import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Link, openLink } from './link.ts'

const loopback = { host: '127.0.0.1', port: 0 }

let heard: Array<string> = []
let echo: Server
let link: Link
beforeAll(async () => {
  echo = createServer(socket => {
    socket.on('error', () => undefined)
    socket.on('data', data => {
      heard.push(String(data))
      socket.write(data)
    })
  }).listen(loopback)
  await once(echo, 'listening')
})
beforeEach(async () => {
  heard = []
  link = await openLink(loopback, { ...loopback, port: (echo.address() as AddressInfo).port })
})
afterEach(() => link.close())
afterAll(() => void echo.close())

const connected = async (): Promise<Socket> => {
  const socket = connect({ ...loopback, port: link.port })
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  return socket
}

const said = async (socket: Socket, words: string): Promise<string> => {
  socket.write(words)
  const [answer] = await once(socket, 'data')
  return String(answer)
}

describe('a link', () => {
  it('passes on what is said, both ways', async () => {
    expect(await said(await connected(), 'hello')).toBe('hello')
  })

  it('ends its connections where it is severed, and lets new ones through', async () => {
    const socket = await connected()
    await said(socket, 'hello')
    const closed = once(socket, 'close')
    link.sever()
    await closed
    expect(await said(await connected(), 'again')).toBe('again')
  })

  it('refuses connections while it is closed, and takes them at the same port once it is open', async () => {
    const { port } = link
    await link.close()
    const [refusal] = await once(connect({ ...loopback, port }), 'error')
    expect(refusal).toMatchObject({ code: 'ECONNREFUSED' })
    await link.open()
    expect(await said(await connected(), 'back')).toBe('back')
  })

  it('keeps an answer back where its watch cuts it, although the server has heard', async () => {
    const socket = await connected()
    await said(socket, 'hello')
    link.watch(() => direction => (direction === 'answer' ? 'cut' : 'pass'))
    const rest = text(socket)
    socket.write('order')
    expect(await rest).toBe('')
    expect(heard).toEqual(['hello', 'order'])
  })

  it('lets half of it through where its watch tears it', async () => {
    const socket = await connected()
    link.watch(() => direction => (direction === 'request' ? 'tear' : 'pass'))
    const closed = once(socket, 'close')
    socket.write('halfhalf')
    await closed
    expect(heard).toEqual(['half'])
  })
})
