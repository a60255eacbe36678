import { describe, expect, it } from 'vitest'
import { decodeDaemonInfo } from './daemon-info.ts'
import { shortcomingsOf } from './daemon-shortcomings.ts'
import { recordedDaemon } from './recorded-daemon.ts'

const shortcomings = (changed: Record<string, unknown>) =>
  shortcomingsOf(decodeDaemonInfo({ ...recordedDaemon, ...changed }))

describe('given a daemon that says what it is', () => {
  it('is read', () => {
    expect(decodeDaemonInfo(recordedDaemon)).toEqual({
      version: '20.10.24+dfsg1',
      os: 'linux',
      kernel: '6.18.44',
      architecture: 'x86_64',
      storageDriver: 'overlay2',
      cgroup: { version: '1', driver: 'cgroupfs' },
      limits: { memory: true, swap: true, processes: true, cpu: true },
      runtimes: ['io.containerd.runc.v2', 'runc'],
      defaultRuntime: 'runc',
      seccomp: true,
      userNamespaces: false,
      rootless: false,
    })
  })

  it('lacks nothing but user namespaces', () => {
    expect(shortcomings({})).toEqual({ unsafe: [], degraded: [expect.stringContaining('userns-remap')] })
  })

  it('lacks nothing with user namespaces', () => {
    const SecurityOptions = ['name=seccomp,profile=builtin', 'name=userns', 'name=cgroupns']
    expect(shortcomings({ CgroupVersion: '2', CgroupDriver: 'systemd', SecurityOptions })).toEqual({
      unsafe: [],
      degraded: [],
    })
  })
})

describe('given a daemon on which a program could do harm', () => {
  it.each([
    ['no security options', { SecurityOptions: null }, 'seccomp'],
    ['no seccomp', { SecurityOptions: ['name=apparmor'] }, 'seccomp'],
    ['unconfined seccomp', { SecurityOptions: ['name=seccomp,profile=unconfined'] }, 'seccomp'],
    ['no limit of memory', { MemoryLimit: false }, 'controller `memory`'],
    ['no limit of processes', { PidsLimit: false }, 'controller `pids`'],
    ['another kind of containers', { OSType: 'windows' }, 'windows containers'],
    ['words that are not Docker’s', { Driver: 7 }, 'words unknown'],
  ])('%s is unsafe, in words', (_name, changed, words) => {
    expect(shortcomings(changed).unsafe).toEqual([expect.stringContaining(words)])
  })
})

describe('given a daemon that promises less', () => {
  it.each([
    ['no limit of swap', { SwapLimit: false }, 'swap'],
    ['no limit of CPU', { CpuCfsQuota: false }, 'CPU'],
    ['a storage driver that copies', { Driver: 'vfs' }, 'vfs'],
  ])('%s is told, and no reason to refuse', (_name, changed, words) => {
    const { unsafe, degraded } = shortcomings({ ...changed, SecurityOptions: ['name=seccomp', 'name=rootless'] })
    expect(unsafe).toEqual([])
    expect(degraded).toEqual([expect.stringContaining(words)])
  })
})
