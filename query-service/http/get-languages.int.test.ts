import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Served, serve } from '../query-service.fixture.ts'

let served: Served
beforeEach(async () => {
  served = await serve()
})
afterEach(() => served.close())

const ask = async (path: string) => {
  const response = await served.get(path)
  return { status: response.status, body: (await response.json()) as unknown }
}

describe('GET /api/languages', () => {
  it('tells what there is and within which limits', async () => {
    const { status, body } = await ask('/api/languages')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      languages: [
        {
          name: 'python',
          aliases: ['py'],
          version: '3.13.5',
          image: 'sha256:0',
          state: 'ready',
          limits: { default: { cpuTimeMs: 3, wallTimeMs: 2, memoryBytes: 3 }, maximum: { cpuTimeMs: 100 } },
          compileLimits: null,
        },
      ],
    })
  })

  it('refuses unknown parameters', async () => {
    expect((await ask('/api/languages?x=1')).body).toMatchObject({ status: 422, errors: [{ field: 'x' }] })
  })
})
