import { Agent } from 'node:http'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { Dockerode } from './dockerode.ts'

const fromDockerode = createRequire(createRequire(import.meta.url).resolve('dockerode'))
const isLoaded = (name: string): boolean =>
  Object.keys(fromDockerode.cache).some(file => file.includes(`/node_modules/${name}/`))

describe("the daemon's client", () => {
  it('is there without what is seldom wanted', () => {
    expect(new Dockerode({ socketPath: '/nowhere' })).toMatchObject({ modem: { socketPath: '/nowhere' } })
    expect(isLoaded('docker-modem')).toBe(true)
    expect(isLoaded('ssh2')).toBe(false)
    expect(isLoaded('@grpc/grpc-js')).toBe(false)
  })

  it('loads a client of SSH for a daemon behind it', () => {
    const through = () => fromDockerode('docker-modem/lib/ssh')({ host: 'localhost' })
    expect(through()).toBeInstanceOf(Agent)
    expect(through()).toBeInstanceOf(Agent)
    expect(isLoaded('ssh2')).toBe(true)
  })

  it('loads gRPC for a session of BuildKit', async () => {
    const refused = new Error('no such daemon')
    const docker = { modem: { dial: (_: object, answer: (fault: Error) => void) => answer(refused) } }
    const fault = await new Promise(resolve => fromDockerode('./session')(docker, {}, resolve))
    expect(fault).toBe(refused)
    expect(isLoaded('@grpc/grpc-js')).toBe(true)
  })
})
