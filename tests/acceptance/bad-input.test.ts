import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

const lang = 'python'
const code = 'print(1)'
const file = (name: string) => ({ name, content: code })

describe('given a submission that cannot be meant', () => {
  it.each([
    ['no code', { lang }, 400, 'Code and language are required'],
    ['empty code', { lang, code: '' }, 400, 'Code and language are required'],
    ['no language', { code }, 400, 'Code and language are required'],
    ['an unknown language', { lang: 'cobol', code }, 422, 'python'],
    ['code and files', { lang, code, files: [file('main.py')] }, 422, 'files'],
    ['an unknown member', { lang, code, timeout: 5 }, 422, 'timeout'],
    ['an unknown limit', { lang, code, limits: { time: 5 } }, 422, 'limits.time'],
    ['a limit of 0', { lang, code, limits: { cpuTimeMs: 0 } }, 422, 'limits.cpuTimeMs'],
    ['a negative limit', { lang, code, limits: { wallTimeMs: -1 } }, 422, 'limits.wallTimeMs'],
    ['a limit as text', { lang, code, limits: { processes: '5; rm' } }, 422, 'limits.processes'],
    ['a limit above the maximum', { lang, code, limits: { memoryBytes: 2 ** 40 } }, 422, String(2 ** 30)],
    ['an absolute file name', { lang, files: [file('/etc/passwd')] }, 422, 'files'],
    ['a file name that climbs', { lang, files: [file('a/../../b')] }, 422, 'files'],
    ['NUL in a file name', { lang, files: [file('a\0b')] }, 422, 'files'],
    ['a file name twice', { lang, files: [file('a.py'), file('a.py')] }, 422, 'files'],
    ['a lone surrogate', { lang, code: 'print("\ud800")' }, 422, 'code'],
  ])('refuses %s and says what is wrong', async (_, body, status, named) => {
    const answer = await runledger.client().post('/api/submit', body)
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body['error']).toEqual(expect.any(String))
    expect(JSON.stringify(answer.body)).toContain(named)
  })
})

const raw = async (path: string, init: RequestInit) => {
  const response = await fetch(`${runledger.process().url}${path}`, init)
  return { status: response.status, body: await response.text(), allow: response.headers.get('allow') }
}
const json = { 'content-type': 'application/json' }

describe('given a request that is not one', () => {
  it('refuses malformed JSON with 400', async () => {
    expect((await raw('/api/submit', { method: 'POST', headers: json, body: '{"lang":' })).status).toBe(400)
  })

  it('refuses a body over the cap with 413', async () => {
    const body = JSON.stringify({ lang, code: 'x'.repeat(3 * 1024 * 1024) })
    expect((await raw('/api/submit', { method: 'POST', headers: json, body })).status).toBe(413)
  })

  it('refuses another method with 405 and names the right one', async () => {
    expect(await raw('/api/submit', { method: 'DELETE' })).toMatchObject({
      status: 405,
      allow: expect.stringContaining('POST'),
    })
  })

  it.each(['nonsense', '00000000-0000-7000-8000-000000000000'])('answers 404 for the id %s', async id => {
    expect(await runledger.client().get(`/api/result/${id}`)).toMatchObject({
      status: 404,
      body: { error: 'Code submission not found' },
    })
  })

  it.each(['61', '-1', 'soon', ''])('refuses to wait %s seconds', async wait => {
    const id = await runledger.client().submit({ lang, code })
    const answer = await runledger.client().get(`/api/result/${id}?wait=${wait}`)
    expect(answer.status).toBe(422)
    expect(JSON.stringify(answer.body)).toContain('wait')
  })
})
