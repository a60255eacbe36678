import { decodeDaemonInfo } from '@runledger/sandbox/docker/daemon-info.ts'
import { shortcomingsOf } from '@runledger/sandbox/docker/daemon-shortcomings.ts'
import { recordedDaemon } from '@runledger/sandbox/docker/recorded-daemon.ts'
import { describe, expect, it } from 'vitest'
import { judgeDaemon } from './judge-daemon.ts'

const probeOf = (changed: Record<string, unknown> = {}) => {
  const facts = decodeDaemonInfo({ ...recordedDaemon, ...changed })
  return { facts, ...shortcomingsOf(facts) }
}

const wishes = { runtime: null, allowsUnsafeDaemon: false }

describe('given a daemon that is safe', () => {
  it('is taken, and what it is and lacks is reported', () => {
    expect(judgeDaemon(probeOf({ SwapLimit: false }), wishes)).toMatchObject({
      right: {
        warnings: [expect.stringContaining('swap'), expect.stringContaining('user namespaces')],
        facts: { storageDriver: 'overlay2', cgroupVersion: '1', cgroupDriver: 'cgroupfs', runtime: 'runc' },
      },
    })
  })

  it('reports no kernel to whoever asks for health', () => {
    expect(JSON.stringify(judgeDaemon(probeOf(), wishes))).not.toContain(recordedDaemon.KernelVersion)
  })
})

describe('given a daemon on which programs could do harm', () => {
  const probe = probeOf({ PidsLimit: false })

  it('is refused, with the reason and the way out', () => {
    const words = expect.stringMatching(/controller `pids`.*SANDBOX_ALLOW_UNSAFE=yes/)
    expect(judgeDaemon(probe, wishes)).toEqual({ _tag: 'Left', left: words })
  })

  it('is taken where the operator says so, and warned of', () => {
    expect(judgeDaemon(probe, { ...wishes, allowsUnsafeDaemon: true })).toMatchObject({
      right: { warnings: [expect.stringContaining('controller `pids`'), expect.anything()] },
    })
  })
})

describe('given a runtime', () => {
  it('is taken where the daemon knows it', () => {
    const probe = probeOf({ Runtimes: { runc: {}, runsc: {} } })
    expect(judgeDaemon(probe, { ...wishes, runtime: 'runsc' })).toMatchObject({
      right: { facts: { runtime: 'runsc' }, warnings: [expect.anything(), expect.stringContaining('no cgroup')] },
    })
  })

  it('is refused where it does not, naming the variable and what there is', () => {
    expect(judgeDaemon(probeOf(), { ...wishes, runtime: 'runsc' })).toEqual({
      _tag: 'Left',
      left: 'SANDBOX_RUNTIME is "runsc", a runtime the Docker daemon does not know; it knows io.containerd.runc.v2, runc',
    })
  })

  it('is left to a newer daemon where it names a shim of containerd', () => {
    expect(judgeDaemon(probeOf(), { ...wishes, runtime: 'io.containerd.kata.v2' })).toMatchObject({ _tag: 'Right' })
  })
})
