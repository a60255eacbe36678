import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createApp } from '../http/create-app.ts'
import { route } from '../http/route.ts'
import { createLogger } from '../logger/create-logger.ts'
import { createMeter } from './create-meter.ts'
import { measureRequests } from './measure-requests.ts'
import { metricsRouter } from './metrics-router.ts'

const serve = async (): Promise<string> => {
  const meter = createMeter()
  const inner = express.Router().use(
    route('/things/:id', {
      GET: ({ params }, response) => {
        if (params['id'] === 'gone') response.destroy()
        else response.json('here')
      },
    }),
  )
  const app = createApp(
    [measureRequests(meter), metricsRouter(meter), inner],
    createLogger('fatal', { write: () => true }),
  )
  const server = app.listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const counted = async (url: string) => {
  const text = await (await fetch(`${url}/metrics`)).text()
  return text
    .split('\n')
    .flatMap(line => /^http_request_duration_seconds_count\{(.*)\} (\d+)$/.exec(line)?.slice(1).join(' ') ?? [])
}

describe('requests that are measured', () => {
  it('are told apart by method, route and status, however many paths there are', async () => {
    const url = await serve()
    for (const path of ['/things/1', '/things/2', '/nowhere', '/neither', '/things/3?wait=1'])
      await (await fetch(`${url}${path}`)).text()
    await (await fetch(`${url}/things/1`, { method: 'DELETE' })).text()
    await vi.waitFor(async () =>
      expect(await counted(url)).toEqual(
        expect.arrayContaining([
          'method="GET",route="/things/:id",status="200" 3',
          'method="GET",route="none",status="404" 2',
          'method="DELETE",route="/things/:id",status="405" 1',
        ]),
      ),
    )
  })

  it('are measured as well where the connection ends before the answer', async () => {
    const url = await serve()
    await expect(fetch(`${url}/things/gone`)).rejects.toThrow()
    await vi.waitFor(async () =>
      expect(await counted(url)).toContain('method="GET",route="/things/:id",status="499" 1'),
    )
  })
})
