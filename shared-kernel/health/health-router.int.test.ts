import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../http/create-app.ts'
import { createLogger } from '../logger/create-logger.ts'
import { healthRouter } from './health-router.ts'
import { type Part, readinessOf } from './readiness.ts'

let parts: ReadonlyArray<Part>
let server: Server
beforeEach(async () => {
  const app = createApp([healthRouter(async () => readinessOf(parts))], createLogger('silent'))
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(async () => {
  server.closeAllConnections()
  await once(server.close(), 'close')
})

const get = (path: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { method })

describe('given a part with a problem', () => {
  beforeEach(() => {
    parts = [
      { part: 'event log', problems: [] },
      { part: 'sandbox', problems: ['the Docker daemon does not answer'] },
    ]
  })

  it('is not ready and says why', async () => {
    const response = await get('/health/ready')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toMatchObject({
      error: 'Not ready',
      detail: 'sandbox: the Docker daemon does not answer',
    })
  })

  it('is live all the same', async () => {
    expect((await get('/health/live')).status).toBe(200)
  })
})

describe('given no part with a problem', () => {
  beforeEach(() => {
    parts = [{ part: 'event log', problems: [] }]
  })

  it('is ready', async () => {
    const response = await get('/health/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ready' })
  })

  it('says what its parts stand on, and what they lack', async () => {
    parts = [{ part: 'sandbox', problems: [], warnings: ['it cannot limit swap'], facts: { storageDriver: 'vfs' } }]
    const response = await get('/health/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({
      status: 'ready',
      warnings: [{ part: 'sandbox', problem: 'it cannot limit swap' }],
      facts: { sandbox: { storageDriver: 'vfs' } },
    })
  })

  it('answers no other method', async () => {
    expect((await get('/health/ready', 'POST')).status).toBe(405)
  })
})
