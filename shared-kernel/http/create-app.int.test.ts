import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { RequestHandler } from 'express'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLogger } from '../logger/create-logger.ts'
import { createApp } from './create-app.ts'
import { jsonBody } from './json-body.ts'
import { route } from './route.ts'

const echo: RequestHandler = (request, response) => void response.json(request.body)

const serve = async (handler: RequestHandler = echo) => {
  const lines: Array<string> = []
  const logger = createLogger('debug', { write: line => lines.push(line) })
  const things = route('/things/:id', { GET: handler, POST: [...jsonBody(100), handler] })
  const server = createApp([things], logger).listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise(resolve => server.once('listening', resolve))
  return { port: (server.address() as AddressInfo).port, lines }
}

type Sent = Readonly<{ method?: string; path?: string; headers?: Record<string, string>; body?: string | Uint8Array }>

const send = (port: number, { method = 'POST', path = '/things/1', headers = {}, body }: Sent) =>
  new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
    const json = { 'content-type': 'application/json', ...headers }
    const sent = request({ port, host: '127.0.0.1', method, path, headers: json }, response => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => {
        text += part
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })

const problem = (text: string) => JSON.parse(text) as Record<string, unknown>

describe('a JSON body', () => {
  it.each([
    ['plain', '{"a":"ü😀"}', {}],
    ['with a charset', '{"a":"ü😀"}', { 'content-type': 'application/json; charset="UTF-8"' }],
    ['of a JSON-based type', '{"a":"ü😀"}', { 'content-type': 'application/merge-patch+json' }],
    ['compressed', gzipSync('{"a":"ü😀"}'), { 'content-encoding': 'gzip' }],
    ['sent in chunks', '{"a":"ü😀"}', { 'transfer-encoding': 'chunked' }],
  ])('%s: is read', async (_name, body, headers) => {
    const { port } = await serve()
    expect(await send(port, { body, headers: headers as Record<string, string> })).toMatchObject({
      status: 200,
      text: '{"a":"ü😀"}',
    })
  })

  it('is an empty object where there is none', async () => {
    const { port } = await serve()
    expect(await send(port, {})).toMatchObject({ status: 200, text: '{}' })
  })

  it('may be as large as the cap, and no byte larger', async () => {
    const { port } = await serve()
    const sized = (size: number) => JSON.stringify('x'.repeat(size - 2))
    expect((await send(port, { body: sized(100) })).status).toBe(200)
    const { status, text } = await send(port, { body: sized(101) })
    expect([status, problem(text)['error']]).toStrictEqual([413, 'The body is too large'])
  })

  it('does not reach the prototype of anything', async () => {
    const { port } = await serve((request, response) => {
      response.json({ own: Object.keys(request.body), polluted: Reflect.get({}, 'polluted') ?? null })
    })
    const { text } = await send(port, { body: '{"__proto__":{"polluted":1}}' })
    expect(JSON.parse(text)).toStrictEqual({ own: ['__proto__'], polluted: null })
  })
})

describe('a route', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE'])('answers %s with 405 and what is allowed', async method => {
    const { port } = await serve()
    const { status, headers, text } = await send(port, { method })
    expect(status).toBe(405)
    expect(headers).toMatchObject({ allow: 'GET, POST, HEAD, OPTIONS', 'content-type': 'application/problem+json' })
    expect(problem(text)).toStrictEqual({
      type: 'about:blank',
      title: 'Method Not Allowed',
      status: 405,
      detail: `${method} is not allowed here`,
      error: `${method} is not allowed here`,
      errors: [],
    })
  })

  it('answers OPTIONS with what is allowed', async () => {
    const { port } = await serve()
    expect(await send(port, { method: 'OPTIONS' })).toMatchObject({ status: 204, text: '' })
  })

  it('answers HEAD like GET, without a body', async () => {
    const { port } = await serve((_request, response) => void response.json('hello'))
    expect(await send(port, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  })
})

describe('an application', () => {
  it.each(['/', '/things', '/things/%ff', '/things/1/2'])('answers 404 at %s', async path => {
    const { port } = await serve()
    const { status, text } = await send(port, { path })
    expect([status, problem(text)['error']]).toStrictEqual([404, 'Not found'])
  })

  it.each([
    ['thrown', () => Promise.resolve().then(() => Promise.reject(new Error('secret')))],
    ['no error at all', () => Promise.reject('secret')],
  ])('answers a defect (%s) with 500, logs it and says nothing of it', async (_name, handler) => {
    const { port, lines } = await serve(handler)
    const { status, text } = await send(port, { body: '{}' })
    expect([status, problem(text)['error']]).toStrictEqual([500, 'Internal server error'])
    expect(text).not.toContain('secret')
    expect(lines).toHaveLength(1)
    expect(JSON.parse(lines.join())).toMatchObject({
      level: 'error',
      method: 'POST',
      path: '/things/1',
      msg: 'request failed',
    })
  })

  it('logs no request that is merely wrong', async () => {
    const { port, lines } = await serve()
    await send(port, { body: '{"code": "secret' })
    expect(lines).toStrictEqual([])
  })
})
