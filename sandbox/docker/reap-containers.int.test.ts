import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import { type ContainerOwner, containerOptions } from './container-options.ts'
import { probeDaemon } from './probe-daemon.ts'
import { createLeftoverReaper, reapContainers, removeOwnContainers } from './reap-containers.ts'
import { containersOf, testLimits, testOwner } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
const stranger = testOwner()
let image: string

const leave = async (change: Partial<ContainerOwner>) => {
  const plan = {
    image: { language: 'sh', digest: image },
    shape: testLimits,
    owner: { ...owner, ...change },
    cpus: 1,
    runtime: null,
  }
  return (await docker.createContainer(containerOptions(plan))).id
}

const left = async (logId: string) => (await containersOf(docker, logId)).map(({ Id }) => Id).sort()

beforeAll(async () => {
  image = await runnerImage()
})

afterAll(async () => {
  const nobody = { keepIncarnation: '', workerId: null }
  await reapContainers(docker, { logId: owner.logId, ...nobody })
  await reapContainers(docker, { logId: stranger.logId, ...nobody })
})

describe('given containers of several processes', () => {
  it('removes those of dead incarnations of this worker and this log alone', async () => {
    const [mine, other, foreign, orphan] = await Promise.all([
      leave({}),
      leave({ workerId: 'other', incarnation: 'alive' }),
      leave(stranger),
      leave({ incarnation: 'dead' }),
    ])
    const reaping = { logId: owner.logId, keepIncarnation: owner.incarnation, workerId: owner.workerId }
    expect(await reapContainers(docker, reaping)).toEqual({ _tag: 'Right', right: 1 })
    expect(await left(owner.logId)).toEqual([mine, other].sort())
    expect(await left(stranger.logId)).toEqual([foreign])
    expect(await left(owner.logId)).not.toContain(orphan)
  })

  it('removes those of every other worker where no worker is named', async () => {
    const reaping = { logId: owner.logId, keepIncarnation: owner.incarnation, workerId: null }
    expect(await reapContainers(docker, reaping)).toEqual({ _tag: 'Right', right: 1 })
  })
})

describe('given a process that ends', () => {
  it("removes what is left of its own containers, and nobody else's", async () => {
    const ending = { ...owner, logId: testOwner().logId }
    const other = await leave({ logId: ending.logId, incarnation: 'alive' })
    await Promise.all([leave({ logId: ending.logId }), leave({ logId: ending.logId })])
    expect(await removeOwnContainers(docker, ending)).toEqual({ _tag: 'Right', right: 2 })
    expect(await removeOwnContainers(docker, ending)).toEqual({ _tag: 'Right', right: 0 })
    expect(await left(ending.logId)).toEqual([other])
    await reapContainers(docker, { logId: ending.logId, keepIncarnation: '', workerId: null })
  })
})

describe('given a daemon', () => {
  it('says what it can do', async () => {
    expect(await probeDaemon(docker)).toMatchObject({
      _tag: 'Right',
      right: {
        cgroupVersion: expect.stringMatching(/^[12]$/),
        seccomp: true,
        runtimes: expect.arrayContaining(['runc']),
      },
    })
  })

  it('that is not there is a fault', async () => {
    const absent = new Dockerode({ socketPath: '/nonexistent/docker.sock' })
    expect(await probeDaemon(absent)).toMatchObject({ _tag: 'Left', left: { kind: 'unreachable' } })
  })
})

describe('given a daemon that several workers share', () => {
  it('leaves what rests for a moment, and removes what rests still at the next look', async () => {
    const shared = testOwner()
    const neighbour = { ...shared, workerId: 'neighbour', incarnation: 'living' }
    const reap = createLeftoverReaper(docker, { logId: shared.logId, keepIncarnation: shared.incarnation })
    const mine = await leave(shared)
    const resting = await leave(neighbour)
    const running = await leave(neighbour)
    await docker.getContainer(running).start()
    expect(await reap()).toMatchObject({ right: 0 })
    const recent = await leave(neighbour)
    expect(await reap()).toMatchObject({ right: 1 })
    expect(await left(shared.logId)).toStrictEqual([mine, running, recent].sort())
    expect(await left(shared.logId)).not.toContain(resting)
    await reapContainers(docker, { logId: shared.logId, keepIncarnation: '', workerId: null })
  })
})
