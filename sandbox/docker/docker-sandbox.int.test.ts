import { readlink } from 'node:fs/promises'
import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { containersOf, runCode, testOwner, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
const mebibyte = 1024 * 1024
let image: string
let sandbox: Sandbox

beforeAll(async () => {
  image = await runnerImage()
  sandbox = testSandbox(docker, image, { owner, languages: ['sh', 'perl'] })
})

afterAll(() => sandbox.close())

const succeeded = { _tag: 'Right', right: { outcome: 'success' } }
const ended = (outcome: string, reason: string | null = null) => ({ _tag: 'Right', right: { outcome, reason } })
const failed = (kind: string) => ({ _tag: 'Left', left: { _tag: 'SandboxFault', kind } })

describe('given a program', () => {
  it('runs it with its arguments and standard input', async () => {
    const ran = await runCode(sandbox, 'printf "%s|" "$@"; cat; echo oops >&2', {
      args: ['a b', '$HOME', '{entry}'],
      stdin: Buffer.from('in\0put'),
    })
    expect(ran).toMatchObject({ result: succeeded, stdout: 'a b|$HOME|{entry}|in\0put', stderr: 'oops\n' })
  })

  it('leaves nothing for the next', async () => {
    const write = 'echo mine > /box/mine; echo mine > /tmp/mine; echo mine > /dev/shm/mine; ls /box /tmp /dev/shm'
    expect(await runCode(sandbox, write)).toMatchObject({ result: succeeded, stdout: expect.stringContaining('mine') })
    const read = await runCode(sandbox, 'ls /box /tmp /dev/shm')
    expect(read.stdout).toBe('/box:\nmain.sh\n\n/dev/shm:\n\n/tmp:\n')
  })

  it('reaches no network but its own, and there itself by name', async () => {
    const own = await readlink('/proc/self/ns/net')
    const interfaces = 'readlink /proc/self/ns/net; cut -d: -sf1 /proc/net/dev; tail -n +2 /proc/net/route'
    const [namespace, ...devices] = (await runCode(sandbox, interfaces)).stdout.trim().split(/\s+/)
    expect(namespace).not.toBe(own)
    expect(devices).toEqual(['lo'])
    const talk = `use IO::Socket::INET; my $s = IO::Socket::INET->new(Listen => 1, LocalAddr => 'localhost') or die;
      print IO::Socket::INET->new(PeerAddr => 'localhost', PeerPort => $s->sockport) ? 'reached' : 'not reached'`
    expect(await runCode(sandbox, talk, { language: 'perl' })).toMatchObject({ stdout: 'reached', stderr: '' })
  })

  it('has no capability and cannot gain one', async () => {
    const { stdout } = await runCode(sandbox, 'grep -E "CapEff|CapPrm|NoNewPrivs|Seccomp:" /proc/self/status')
    expect(stdout.replace(/\s+/g, ' ')).toBe(
      'CapPrm: 0000000000000000 CapEff: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 ',
    )
  })

  it('writes nowhere but to its sized memory', async () => {
    const { stdout } = await runCode(
      sandbox,
      'for d in / /etc /var/tmp /runledger /run/lock; do echo x > $d/f 2>/dev/null && echo "$d is writable"; done; true',
    )
    expect(stdout).toBe('')
  })
})

describe('given limits of its own', () => {
  const limitOf = 'cat /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null || cat /sys/fs/cgroup/memory.max'

  it('a run has its memory, whatever the warm container was made for', async () => {
    const { stdout } = await runCode(sandbox, limitOf, { limits: { memoryBytes: 80 * mebibyte } })
    expect(Number(stdout)).toBe(80 * mebibyte)
  })

  it('compilation and run have each their own', async () => {
    const ran = await runCode(sandbox, `test "$1" = compile && echo built > /box/product; ${limitOf}; cat product`, {
      language: 'built',
      limits: { memoryBytes: 70 * mebibyte },
      compileLimits: { memoryBytes: 110 * mebibyte },
    })
    expect(ran).toMatchObject({ result: succeeded, stdout: `${70 * mebibyte}\nbuilt\n` })
    expect(Buffer.from(ran.compilation?.output ?? []).toString()).toBe(`${110 * mebibyte}\nbuilt\n`)
  })

  it('too much memory is a memory limit', async () => {
    const hog = 'my $x = "x" x (200 * 1024 * 1024); print length $x;'
    const ran = await runCode(sandbox, hog, { language: 'perl', limits: { memoryBytes: 48 * mebibyte } })
    expect(ran.result).toMatchObject(ended('memory_limit', 'memory'))
  })

  it('files that hold all memory are a memory limit', async () => {
    const fill = 'cat /dev/zero > /box/all; cat /dev/zero > /tmp/all; cat /dev/zero > /dev/shm/all; sleep 5'
    const ran = await runCode(sandbox, fill, { limits: { memoryBytes: 32 * mebibyte, tmpfsBytes: 64 * mebibyte } })
    expect(ran.result).toMatchObject(ended('memory_limit', 'memory'))
  })

  it('what a compilation leaves may not outgrow the memory of the run', async () => {
    const ran = await runCode(sandbox, 'test "$1" = compile && head -c 60000000 /dev/zero > big; true', {
      language: 'built',
      limits: { memoryBytes: 32 * mebibyte, tmpfsBytes: 64 * mebibyte },
      compileLimits: { memoryBytes: 110 * mebibyte, tmpfsBytes: 64 * mebibyte },
    })
    expect(ran.result).toMatchObject(ended('memory_limit', 'memory'))
  })

  it('a box of another size has that size', async () => {
    const limits = { tmpfsBytes: 4 * mebibyte }
    const { stdout } = await runCode(sandbox, 'df -k /box | tail -1 | tr -s " " | cut -d" " -f2', { limits })
    expect(Number(stdout) * 1024).toBe(4 * mebibyte)
  })
})

describe('given a caller that calls off', () => {
  it('the run ends at once', async () => {
    const caller = new AbortController()
    const ran = await runCode(sandbox, 'echo begun; sleep 15', {
      signal: caller.signal,
      onOutput: () => caller.abort(),
    })
    expect(ran.result).toMatchObject(failed('aborted'))
  })

  it('a run not begun never begins', async () => {
    expect((await runCode(sandbox, 'true', { signal: AbortSignal.abort() })).result).toMatchObject(failed('aborted'))
  })
})

describe('given more runs than may run at a time', () => {
  it('all end, each in a container of its own', async () => {
    const runs = await Promise.all([1, 2, 3, 4, 5].map(n => runCode(sandbox, `echo ${n}; echo x >> f; cat f`)))
    expect(runs.map(({ stdout }) => stdout)).toEqual([1, 2, 3, 4, 5].map(n => `${n}\nx\n`))
  })
})

describe('given a language that is not ready', () => {
  it('says so', async () => {
    expect((await runCode(sandbox, 'x', { language: 'cobol' })).result).toMatchObject(failed('unavailable'))
    expect(sandbox.image('cobol')).toBeNull()
    expect(sandbox.image('sh')).toEqual({ version: '1', digest: image })
  })
})

// Of an earlier run, one may end by itself in between: it is as dead.
const killed = async (container: Dockerode.Container): Promise<void> => {
  try {
    await container.kill()
  } catch (error) {
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error
  }
}

describe('given a warm container that died', () => {
  it('it is replaced, and runs go on', async () => {
    const warm = async () => (await containersOf(docker, owner.logId)).filter(({ State }) => State === 'running')
    const before = await vi.waitUntil(async () => (await warm()).length > 0 && (await warm()), { timeout: 20_000 })
    await Promise.all(before.map(({ Id }) => killed(docker.getContainer(Id))))
    const died = new Set(before.map(({ Id }) => Id))
    await vi.waitUntil(async () => (await warm()).some(({ Id }) => !died.has(Id)), { timeout: 20_000 })
    expect((await runCode(sandbox, 'echo alive')).stdout).toBe('alive\n')
  })
})

describe('given a sandbox that closes', () => {
  it('what runs is called off, and no container is left', async () => {
    const closed = testOwner()
    const other = testSandbox(docker, image, { owner: closed, languages: ['sh'] })
    const begun = Promise.withResolvers<void>()
    const run = runCode(other, 'echo begun; sleep 15', { onOutput: begun.resolve })
    await begun.promise
    await other.close()
    expect((await run).result).toMatchObject({ _tag: 'Left' })
    expect(await containersOf(docker, closed.logId)).toEqual([])
    expect((await runCode(other, 'true')).result).toMatchObject({ _tag: 'Left' })
  })
})
