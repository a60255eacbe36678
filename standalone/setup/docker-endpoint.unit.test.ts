import { describe, expect, it } from 'vitest'
import { findDockerHost, isStandardSocket, parseDockerHost } from './docker-endpoint.mjs'

describe('where Docker is looked for', () => {
  it('is DOCKER_HOST when that is set', () => {
    expect(findDockerHost({ DOCKER_HOST: 'tcp://judge:2375' })).toBe('tcp://judge:2375')
  })

  it('is a socket of this machine when DOCKER_HOST is empty', () => {
    expect(findDockerHost({ DOCKER_HOST: '' })).toMatch(/^unix:\/\/\//)
  })

  it('knows the standard socket under both of its paths', () => {
    expect(
      ['unix:///var/run/docker.sock', 'unix:///run/docker.sock', 'unix:///tmp/x.sock'].map(isStandardSocket),
    ).toEqual([true, true, false])
  })
})

describe('a DOCKER_HOST', () => {
  it.each([
    ['unix:///run/user/1000/docker.sock', { kind: 'unix', path: '/run/user/1000/docker.sock' }],
    ['tcp://10.0.0.7:2376', { kind: 'tcp', host: '10.0.0.7', port: 2376 }],
    ['tcp://judge', { kind: 'tcp', host: 'judge', port: 2375 }],
    ['tcp://[::1]:2375', { kind: 'tcp', host: '::1', port: 2375 }],
    ['ssh://root@judge', { kind: 'opaque' }],
  ])('%s is read as an endpoint', (dockerHost, endpoint) => {
    expect(parseDockerHost(dockerHost, {})).toEqual(endpoint)
  })

  it('is left to the Docker client where TLS is asked for', () => {
    expect(parseDockerHost('tcp://judge:2376', { DOCKER_TLS_VERIFY: '1' })).toEqual({ kind: 'opaque' })
  })
})
