import { describe, expect, it } from 'vitest'
import { callDocker } from './call-docker.ts'

const failing = (cause: unknown) => callDocker('ask', 1_000, () => Promise.reject(cause))

describe('given a call of the daemon', () => {
  it('passes the answer on', async () => {
    expect(await callDocker('ask', 1_000, async () => 7)).toEqual({ _tag: 'Right', right: 7 })
  })

  it('that hangs is given up, and told to stop', async () => {
    const told = Promise.withResolvers<void>()
    const hanging = (signal: AbortSignal) => {
      signal.addEventListener('abort', () => told.resolve())
      return new Promise<never>(() => undefined)
    }
    expect(await callDocker('ask', 5, hanging)).toMatchObject({
      left: { kind: 'timeout', message: expect.any(String) },
    })
    await told.promise
  })

  it.each([
    ['missing', Object.assign(new Error('no such container'), { statusCode: 404 })],
    ['refused', Object.assign(new Error('conflict'), { statusCode: 409 })],
    ['unreachable', Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' })],
  ])('%s', async (kind, cause) => {
    expect(await failing(cause)).toEqual({
      _tag: 'Left',
      left: { _tag: 'DockerFault', kind, message: `ask: ${cause.message}` },
    })
  })
})
