import Dockerode from 'dockerode'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { carryOvers } from './carry-over.fixture.ts'
import type { DockerSandboxOptions } from './docker-sandbox.ts'
import { containersOf, type RunChange, runCode, testOwner, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
const mebibyte = 1024 * 1024
let image: string
let sandbox: Sandbox
const doubts: unknown[] = []

const reusing = (change: Partial<DockerSandboxOptions> = {}) =>
  testSandbox(docker, image, {
    owner,
    concurrency: 1,
    reuse: { serves: tenant => tenant !== 'nobody', runsPerContainer: 100 },
    log: { info: () => undefined, warn: facts => void doubts.push(facts), error: facts => void doubts.push(facts) },
    ...change,
  })

beforeAll(async () => {
  image = await runnerImage()
  sandbox = reusing()
})

beforeEach(() => {
  doubts.length = 0
})

afterAll(() => sandbox.close())

// The layer that is written to is the container's own.
const which =
  'open my $m, "<", "/proc/self/mountinfo"; my ($own) = join("", <$m>) =~ /upperdir=([^,]+)/; print "$own|$>|"; close $m;'

const run = async (code: string, change: RunChange = {}, on = sandbox) => {
  const { result, stdout, stderr } = await runCode(on, `${which} $| = 1; ${code}`, {
    language: 'perl',
    tenant: 'one',
    ...change,
  })
  const [container = '', uid = '', ...found] = stdout.split('|')
  return { result, container, uid, found: found.join('|'), stderr }
}

describe('given a container that serves a tenant again', () => {
  it.each(carryOvers)('nothing is carried over: $what', async ({ leave, look }) => {
    const left = await run(leave)
    expect(left).toMatchObject({ result: { right: { outcome: 'success' } }, stderr: '' })
    const looked = await run(look)
    expect(looked).toMatchObject({ found: '', stderr: '', result: { right: { outcome: 'success' } } })
    expect(doubts).toEqual([])
    expect(looked.container).toBe(left.container)
    expect(looked.uid).not.toBe(left.uid)
  })

  it('a program that fails, or kills itself, is followed in it', async () => {
    const failed = await run('exit 3')
    expect((await run('kill "SEGV", $$; sleep 1')).container).toBe(failed.container)
    expect((await run('')).container).toBe(failed.container)
  })

  it('it has the memory and the processes each run asks for', async () => {
    const memory =
      'print `cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max`'
    const first = await run(memory, { limits: { memoryBytes: 64 * mebibyte } })
    const second = await run(memory, { limits: { memoryBytes: 80 * mebibyte } })
    expect([first.found, second.found].map(Number)).toEqual([64 * mebibyte, 80 * mebibyte])
    expect(second.container).toBe(first.container)
  })
})

describe('given a run after which there is doubt', () => {
  it.each([
    ['used up its time', '1 while 1', { cpuTimeMs: 100 }],
    ['slept too long', 'sleep 10', { wallTimeMs: 100 }],
    ['wrote too much', 'print "x" x 100 for 1 .. 1000', { outputBytes: 1000 }],
    ['took too much memory', 'my $size = 200 << 20; my $x = "x" x $size', { memoryBytes: 48 * mebibyte }],
    ['wrote too large a file', 'open my $f, ">", "f"; syswrite $f, "x" x 5000; syswrite $f, "x"', { fileBytes: 4096 }],
    ['was refused a process', 'for (1 .. 40) { if (!(fork // exit 1)) { sleep 5 } }', { processes: 8 }],
    ['was killed', 'kill "KILL", $$; sleep 5', {}],
    // In TIME_WAIT the port stays taken for a minute, and no program can change that.
    [
      'leaves a port taken',
      'use IO::Socket::INET; my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => "127.0.0.1") or die; my $c = IO::Socket::INET->new(PeerAddr => "127.0.0.1", PeerPort => $s->sockport) or die; my $t = $s->accept; close $t; sysread $c, my $end, 1; close $c',
      {},
    ],
  ])('its container is destroyed: it %s', async (_, code, limits) => {
    const first = await run(code, { limits })
    expect(first.container).not.toBe('')
    const second = await run('print "sound"')
    expect(second).toMatchObject({ found: 'sound' })
    expect(second.container).not.toBe(first.container)
  })

  it('what its uid cannot remove destroys the container, and the log says so', async () => {
    const { container } = await run('')
    const begun = Promise.withResolvers<void>()
    const first = run('print "begun"; 1 until -e "/box/planted/file"; print "seen"', { onOutput: begun.resolve })
    await begun.promise
    const planted = await containerAt(container)
    await plant(planted)
    expect(await first).toMatchObject({ container, found: 'begunseen', result: { right: { outcome: 'success' } } })
    const second = await run('print -e "/box/planted" ? "carried over" : "sound"')
    expect(second).toMatchObject({ found: 'sound' })
    expect(second.container).not.toBe(container)
    expect(doubts).toMatchObject([{ cause: 'runner: cannot empty /box: Operation not permitted' }])
    await vi.waitUntil(async () => (await containersOf(docker, owner.logId)).every(({ Id }) => Id !== planted.id))
  })
})

const containerAt = async (layer: string): Promise<Dockerode.Container> => {
  for (const { Id } of await containersOf(docker, owner.logId)) {
    const container = docker.getContainer(Id)
    const { GraphDriver } = await container.inspect()
    if (JSON.stringify(GraphDriver).includes(JSON.stringify(layer))) return container
  }
  throw new Error(`no container has the layer ${layer}`)
}

// Of the runner's own uid, as no program could make it.
const plant = async (container: Dockerode.Container) => {
  const exec = await container.exec({
    // The box is the run group's to write to.
    Cmd: ['sh', '-c', 'umask 022; mkdir /box/planted && touch /box/planted/file'],
    User: '0:65534',
    AttachStdout: true,
    AttachStderr: true,
  })
  const stream = await exec.start({})
  stream.resume()
  await new Promise<void>(resolve => {
    stream.on('end', resolve)
  })
}

describe('given other runs', () => {
  it('another tenant, and whoever may not share, has a container of its own', async () => {
    const own = await run('')
    const others = [
      await run('', { tenant: 'two' }),
      await run('', { tenant: 'nobody' }),
      await run('', { tenant: 'nobody' }),
    ]
    expect(new Set([own, ...others].map(({ container }) => container)).size).toBe(4)
    expect((await run('')).container).toBe(own.container)
  })

  it('a container is destroyed after as many as it may serve', async () => {
    const other = reusing({ owner: testOwner(), reuse: { serves: () => true, runsPerContainer: 2 } })
    const runs = [await run('', {}, other), await run('', {}, other), await run('', {}, other)]
    expect(runs[1]?.container).toBe(runs[0]?.container)
    expect(runs[2]?.container).not.toBe(runs[0]?.container)
    await other.close()
  })

  it('several at once have a container each, and no more are made than run at once', async () => {
    const parallel = testOwner()
    const other = reusing({ owner: parallel, concurrency: 2 })
    const runs = await Promise.all(Array.from({ length: 12 }, (_, n) => run(`print ${n}`, {}, other)))
    expect(runs.map(({ found }) => found)).toEqual(runs.map((_, n) => String(n)))
    expect(new Set(runs.map(({ container }) => container)).size).toBeLessThanOrEqual(4)
    await other.close()
    expect(await containersOf(docker, parallel.logId)).toEqual([])
  })
})
