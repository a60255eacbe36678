import { deflateSync, gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import type { Step } from '../attack.ts'
import { ends, success } from '../steps.ts'

type Sent = Readonly<{
  body: string | Buffer
  headers?: Readonly<Record<string, string>>
  answers: ReadonlyArray<number>
}>

const sent =
  ({ body, headers = {}, answers }: Sent): Step =>
  async ({ url }) => {
    const response = await fetch(`${url}/api/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    expect(answers).toContain(response.status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
  }

const bomb = Buffer.alloc(64 * 1024 * 1024, ' ')
const deep = (open: string, close: string) => `${open.repeat(200_000)}${close.repeat(200_000)}`
const valid = { lang: 'python', code: 'print({}.get("polluted"))', limits: { wallTimeMs: 5_000 } }

/** Packed bombs, depth, archives, and keys that are a prototype's: refused, and nothing of them stays. */
export const malformedBodies: ReadonlyArray<Step> = [
  sent({ body: gzipSync(bomb), headers: { 'content-encoding': 'gzip' }, answers: [413] }),
  sent({ body: deflateSync(bomb), headers: { 'content-encoding': 'deflate' }, answers: [413] }),
  sent({ body: gzipSync(gzipSync(bomb)), headers: { 'content-encoding': 'gzip, gzip' }, answers: [413, 415] }),
  sent({ body: gzipSync('{}').subarray(0, 12), headers: { 'content-encoding': 'gzip' }, answers: [400] }),
  sent({ body: Buffer.from('PK\x03\x04'), headers: { 'content-type': 'application/zip' }, answers: [415] }),
  sent({ body: deep('[', ']'), answers: [400, 422] }),
  sent({ body: deep('{"a":', '}').replace('}', '1}'), answers: [400, 422] }),
  sent({ body: `{"lang":"python","code":"1","limits":${deep('[', ']')}}`, answers: [400, 422] }),
  ...['__proto__', 'constructor', 'prototype'].flatMap(key => [
    sent({ body: `{"lang":"python","code":"1","${key}":{"polluted":true}}`, answers: [422] }),
    sent({ body: `{"lang":"python","code":"1","limits":{"${key}":{"polluted":true}}}`, answers: [422] }),
  ]),
  sent({ body: '{"lang":"__proto__","code":"1"}', answers: [422] }),
  sent({ body: '{"lang":"python","code":"1","code":', answers: [400] }),
  ends(valid, { ...success, stdOutput: 'None\n' }),
]
