import { describe, expect, it } from 'vitest'
import { type ContainerPlan, containerOptions } from './container-options.ts'

const plan: ContainerPlan = {
  image: { language: 'python', digest: 'sha256:abc' },
  shape: { memoryBytes: 64 * 1024 * 1024, processes: 16, tmpfsBytes: 8 * 1024 * 1024 },
  owner: { logId: 'log', workerId: 'worker', incarnation: 'incarnation' },
  cpus: 1,
  runtime: null,
}

const host = (change: Partial<ContainerPlan> = {}) => containerOptions({ ...plan, ...change }).HostConfig

describe('given a container', () => {
  it('has no network, no capability but the runner needs, and no way to more', () => {
    expect(host()).toMatchObject({
      NetworkMode: 'none',
      CapDrop: ['ALL'],
      CapAdd: ['SETUID', 'SETGID', 'KILL'],
      ReadonlyRootfs: true,
      IpcMode: 'private',
    })
    expect(containerOptions(plan)).toMatchObject({ NetworkDisabled: true })
    expect(host()?.SecurityOpt).toEqual(['no-new-privileges', expect.stringMatching(/^seccomp=\{.*\}$/)])
  })

  it('sees nothing of the host', () => {
    const keys = Object.keys(host() ?? {})
    for (const key of ['Binds', 'Mounts', 'VolumesFrom', 'Devices', 'PidMode', 'Privileged'])
      expect(keys).not.toContain(key)
  })

  it('has no swap', () => {
    expect(host()).toMatchObject({ Memory: 67108864, MemorySwap: 67108864, MemorySwappiness: 0 })
  })

  it('may use one CPU, its processes and the runner’s', () => {
    expect(host()).toMatchObject({ NanoCpus: 1_000_000_000, PidsLimit: 20 })
  })

  it('has room for the threads of a runtime that is a kernel of its own', () => {
    expect(host({ runtime: 'runsc' })).toMatchObject({ Runtime: 'runsc', PidsLimit: 148 })
  })

  it('writes to sized memory only, as nobody', () => {
    expect(host()?.Tmpfs).toEqual({
      '/box': 'rw,exec,nosuid,nodev,size=8388608,nr_inodes=2048,uid=65534,gid=65534,mode=0700',
      '/tmp': 'rw,exec,nosuid,nodev,size=8388608,nr_inodes=2048,mode=1777',
    })
  })

  it('leaves no log and is removed by its owner alone', () => {
    expect(host()).toMatchObject({ LogConfig: { Type: 'none' }, AutoRemove: false, RestartPolicy: { Name: 'no' } })
  })

  it('says whose it is', () => {
    expect(containerOptions(plan).Labels).toEqual({
      'runledger.log': 'log',
      'runledger.worker': 'worker',
      'runledger.incarnation': 'incarnation',
      'runledger.language': 'python',
      'runledger.image': 'sha256:abc',
    })
  })

  it('runs on the runtime asked for', () => {
    expect(host()).not.toHaveProperty('Runtime')
    expect(host({ runtime: 'runsc' })).toMatchObject({ Runtime: 'runsc' })
  })
})
