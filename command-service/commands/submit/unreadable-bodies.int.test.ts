import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { appended } from '../../test-support/records.ts'
import { serve } from '../../test-support/serve.ts'

describe('given a body that cannot be read', () => {
  const json = { 'content-type': 'application/json' }
  it.each<[string, number, string | Uint8Array<ArrayBuffer>, Record<string, string>]>([
    ['malformed JSON', 400, '{"code": ', json],
    ['bytes that are not UTF-8', 400, Buffer.from('7b22636f6465223a22ff227d', 'hex'), json],
    ['too many bytes', 413, JSON.stringify({ code: 'x'.repeat(2 * 1024 * 1024), lang: 'python' }), json],
    ['a gzip bomb', 413, gzipSync(Buffer.alloc(64 * 1024 * 1024, 32)), { ...json, 'content-encoding': 'gzip' }],
    ['bytes that are not gzip', 400, 'x', { ...json, 'content-encoding': 'gzip' }],
    ['an unknown content encoding', 415, 'x', { ...json, 'content-encoding': 'zip' }],
    ['another content type', 415, 'code=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', 415, '{}', { 'content-type': 'application/json; charset=utf-16' }],
    ['a million nested arrays', 422, '['.repeat(1_000_000) + ']'.repeat(1_000_000), json],
    ['a number', 422, '5', json],
    ['null', 422, 'null', json],
    ['nothing', 400, '', json],
  ])('%s: answers %i with a problem', async (_name, expected, body, headers) => {
    const { post, log } = await serve()
    const answer = await post('/api/submit', body, headers)
    expect(answer.status).toBe(expected)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(answer.body).toMatchObject({ type: 'about:blank', status: expected, error: expect.any(String) })
    expect(await appended(log)).toBe(0)
  })

  it('reads a compressed body within the cap, and a byte order mark', async () => {
    const { post } = await serve()
    const body = gzipSync(`\uFEFF${JSON.stringify({ code: 'x', lang: 'python' })}`)
    expect((await post('/api/submit', body, { 'content-encoding': 'gzip' })).status).toBe(201)
  })
})

describe('given another method or path', () => {
  it('answers 405 and which methods are allowed', async () => {
    const { url } = await serve()
    const response = await fetch(`${url}/api/submit`)
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST, OPTIONS')
  })

  it.each(['/nothing', '/api/submissions/%ff/cancel'])('answers 404 at %s', async path => {
    const { post } = await serve()
    expect(await post(path, {})).toMatchObject({ status: 404, body: { title: 'Not Found' } })
  })
})
