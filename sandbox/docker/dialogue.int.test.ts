import { createHash, randomUUID } from 'node:crypto'
import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { dialogueContract } from '../dialogue.contract.ts'
import type { ReadyImage } from '../images/language-image.ts'
import type { Limits, RunReport, RunRequest, Sandbox } from '../sandbox.ts'
import { conversation } from '../test-conversation.ts'
import type { DockerSandboxOptions } from './docker-sandbox.ts'
import { pythonImage } from './python-image.fixture.ts'
import { testLimits, testOwner, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const kibibyte = 1024
const mebibyte = 1024 * kibibyte
const windowBytes = 256 * kibibyte
const pipeBytes = 64 * kibibyte
const doubts: unknown[] = []

let image: ReadyImage

beforeAll(async () => {
  image = await pythonImage(docker)
}, 600_000)

// Taken by `sigwait`, so that one that comes early is not lost.
const blocked = 'signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGUSR2})'

const program = (code: string, limits: Partial<Limits> = {}): RunRequest => ({
  language: 'python',
  image: null,
  files: [{ name: 'main.py', content: Buffer.from(`import hashlib, os, signal, sys, time\n${code}\n`) }],
  entry: 'main.py',
  args: [],
  stdin: new Uint8Array(),
  limits: { ...testLimits, ...limits },
  compileLimits: testLimits,
  owner: { submission: randomUUID(), attempt: 1, budgetMs: 60_000 },
  tenant: 'one',
})

const echo = program(`
signal.signal(signal.SIGINT, signal.SIG_DFL)
while chunk := os.read(0, 65536): os.write(1, chunk)`)

const taken = E.right(undefined)
const refused = (why: string) => E.left({ _tag: 'DialogueRefusal', why })
const ended = (report: Partial<RunReport>) => ({ _tag: 'Right', right: report })

const noted = (facts: unknown) => void doubts.push(facts)

const open = (reuse: DockerSandboxOptions['reuse']): Sandbox =>
  testSandbox(docker, image.digest, {
    owner: testOwner(),
    concurrency: 1,
    images: { find: () => image },
    reuse,
    log: { info: () => undefined, warn: noted, error: noted },
  })

const modes = [
  { mode: 'single-use', reuse: null },
  { mode: 'per-tenant', reuse: { serves: () => true, runsPerContainer: 100 } },
] as const

for (const { mode, reuse } of modes) dialogueContract(mode, async () => ({ sandbox: open(reuse), echo }))

describe.each(modes)('$mode: given a program that is talked to', ({ reuse }) => {
  let sandbox: Sandbox
  beforeAll(() => {
    sandbox = open(reuse)
  })
  afterAll(() => sandbox.close())

  const talk = (code: string, limits: Partial<Limits> = {}) => conversation(sandbox, program(code, limits))

  it('it asks, is answered, and asks again', async () => {
    const { write, until, end, report, said } = await talk(`
total = 0
while True:
    try: total += int(input(f'{total}> '))
    except EOFError: break
print('end of input')`)
    await until('0> ')
    await write(Buffer.from('20\n'))()
    await until('20> ')
    await write(Buffer.from('22\n'))()
    await until('42> ')
    await end()()
    expect(await report).toMatchObject(ended({ outcome: 'success' }))
    expect(said().toString()).toBe('0> 20> 42> end of input\n')
  })

  it('10 MiB wait for a slow reader, and are held neither here nor there', async () => {
    const { write, until, signal, end, report, said } = await talk(`
${blocked}
print('not reading', flush=True)
signal.sigwait({signal.SIGUSR1})
print('still here', flush=True)
signal.sigwait({signal.SIGUSR2})
digest, size = hashlib.sha256(), 0
while chunk := os.read(0, 1 << 20):
    digest.update(chunk)
    size += len(chunk)
    time.sleep(0.002)
print(size, digest.hexdigest())`)
    await until('not reading')
    const piece = Buffer.alloc(pipeBytes, 'ten mebibytes of it ')
    const pieces = (10 * mebibyte) / piece.length
    let accepted = 0
    const writing = (async () => {
      for (let at = 0; at < pieces; at += 1) {
        expect(await write(piece)()).toEqual(taken)
        accepted += piece.length
      }
    })()
    await vi.waitUntil(() => accepted >= windowBytes)
    // Behind the stdin that was sent: whatever room the runner had to tell of, it has told when the program answers.
    expect(await signal('SIGUSR1')()).toEqual(taken)
    await until('still here')
    expect(accepted).toBeLessThanOrEqual(windowBytes + pipeBytes)
    expect(await write(piece)()).toEqual(refused('busy'))
    await signal('SIGUSR2')()
    await writing
    await end()()
    const result = await report
    const digest = createHash('sha256')
    for (let at = 0; at < pieces; at += 1) digest.update(piece)
    expect(said().toString().split('\n')[2]).toBe(`${10 * mebibyte} ${digest.digest('hex')}`)
    expect(E.isRight(result) && result.right.usage?.memoryBytes).toBeLessThan(32 * mebibyte)
  })

  it('it closes its stdin: who writes hears of it, and it goes on', async () => {
    const { write, until, end, signal, report, said } = await talk(`
${blocked}
os.close(0)
print('closed', flush=True)
signal.sigwait({signal.SIGUSR1})
print('and on')
sys.exit(3)`)
    await until('closed')
    expect(await write(Buffer.from('nobody reads this'))()).toEqual(refused('stdin_closed'))
    expect(await end()()).toEqual(refused('stdin_closed'))
    expect(await signal('SIGUSR1')()).toEqual(taken)
    expect(await report).toMatchObject(ended({ outcome: 'runtime_error', exitCode: 3 }))
    expect(said().toString()).toBe('closed\nand on\n')
  })

  it('it closes its stdin while a write waits: the writer hears of it', async () => {
    const { write, signal, until, report } = await talk(`
${blocked}
print('not reading', flush=True)
signal.sigwait({signal.SIGUSR1})
os.close(0)`)
    await until('not reading')
    const writing = write(Buffer.alloc(10 * mebibyte))()
    await signal('SIGUSR1')()
    expect([refused('stdin_closed'), refused('run_ended')]).toContainEqual(await writing)
    expect(await report).toMatchObject(ended({ outcome: 'success' }))
  })

  it('SIGINT reaches the handler of a program, which decides what comes of it', async () => {
    const { until, signal, report, said } = await talk(`
try:
    print('ready', flush=True)
    while True: time.sleep(0.01)
except KeyboardInterrupt:
    print('interrupted')
    sys.exit(7)`)
    await until('ready')
    expect(await signal('SIGINT')()).toEqual(taken)
    expect(await report).toMatchObject(ended({ outcome: 'runtime_error', exitCode: 7, signal: null }))
    expect(said().toString()).toBe('ready\ninterrupted\n')
  })

  it('a signal reaches the group of the program and no other', async () => {
    const { until, signal, report, said } = await talk(`
def child(name, apart):
    if os.fork() > 0: return
    if apart: os.setpgid(0, 0)
    os.write(1, f'{name} ready '.encode())
    signal.sigwait({signal.SIGUSR1})
    os.write(1, f'{name} heard '.encode())
    os._exit(0)
${blocked}
child('near', False)
child('far', True)
os.wait()
print('waited')`)
    await until('near ready')
    await until('far ready')
    expect(await signal('SIGUSR1')()).toEqual(taken)
    expect(await report).toMatchObject(ended({ outcome: 'success' }))
    expect(said().toString()).toContain('near heard waited')
    expect(said().toString()).not.toContain('far heard')
  })

  it('waiting for input is wall time', async () => {
    const { write, report } = await talk('input()', { wallTimeMs: 400 })
    expect(await report).toMatchObject(ended({ outcome: 'time_limit', reason: 'wall' }))
    expect(await write(Buffer.from('too late\n'))()).toEqual(refused('run_ended'))
  })

  it('a round takes milliseconds', async () => {
    const { write, until, end, report } = await talk('for line in sys.stdin: print(line, end="", flush=True)')
    const rounds: number[] = []
    for (let round = 0; round < 100; round += 1) {
      const began = performance.now()
      await write(Buffer.from(`round ${round}.\n`))()
      await until(`round ${round}.\n`)
      rounds.push(performance.now() - began)
    }
    await end()()
    await report
    expect(rounds.sort((a, b) => a - b)[50]).toBeLessThan(50)
  })
})

describe('given a container that serves a tenant again', () => {
  it('what was talked about is not carried over, and it proves that it is clean', async () => {
    const sandbox = open({ serves: () => true, runsPerContainer: 100 })
    const identity = `
print(os.getuid(), next(part for line in open('/proc/self/mountinfo') for part in line.split(',') if part.startswith('upperdir')))
sys.stdout.flush()
print('first:', input())
if os.fork() == 0: time.sleep(100)`
    const runs: string[][] = []
    doubts.length = 0
    for (const word of ['one', 'two', 'three']) {
      const { write, end, report, said } = await conversation(sandbox, program(identity))
      await write(Buffer.from(`${word}\nand a secret that nobody reads`))()
      await end()()
      expect(await report).toMatchObject(ended({ outcome: 'success' }))
      expect(said().toString()).toContain(`first: ${word}\n`)
      runs.push(said().toString().split(/\s/))
    }
    expect(new Set(runs.map(([, container]) => container)).size).toBe(1)
    expect(new Set(runs.map(([uid]) => uid)).size).toBe(3)
    expect(doubts).toEqual([])
    await sandbox.close()
  })
})
