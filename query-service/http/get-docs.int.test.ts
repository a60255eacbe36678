import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openapi } from '../api-docs/openapi.ts'
import { type Served, serve } from '../query-service.fixture.ts'

let served: Served
beforeAll(async () => {
  served = await serve()
})
afterAll(() => served.close())

describe('GET /docs', () => {
  it('is a page that loads nothing from elsewhere', async () => {
    const response = await served.get('/docs')
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await response.text()).toContain('POST</b> <code>/api/submit</code>')
  })

  it('is there for programs as well', async () => {
    const response = await served.get('/docs/openapi.json')
    expect([response.status, await response.json()]).toEqual([200, openapi])
  })
})
