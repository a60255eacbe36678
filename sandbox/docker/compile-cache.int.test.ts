import { randomUUID } from 'node:crypto'
import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createCompileCache } from '../compile-cache/compile-cache.ts'
import type { EntryStore } from '../compile-cache/entry-store.ts'
import { createMemoryEntryStore } from '../compile-cache/memory-entry-store.ts'
import { runnerImage } from '../runner/test-container.ts'
import type { Compilation, Sandbox } from '../sandbox.ts'
import { type RunChange, runCode, testLimits, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const mebibyte = 1024 * 1024
const sandboxes: Sandbox[] = []
let image: string

beforeAll(async () => {
  image = await runnerImage()
})

afterEach(() => Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close())))

const reused = { serves: () => true, runsPerContainer: 100 }

/** A sandbox with a cache of its own, whose entries lie where a test can reach them. */
const aSandbox = (reuse: typeof reused | null = reused, around: (store: EntryStore) => EntryStore = store => store) => {
  const store = around(createMemoryEntryStore({ bytes: 256 * mebibyte, longestStayMs: 60_000 }))
  let damaged = 0
  const onDamaged = () => {
    damaged += 1
  }
  const cache = createCompileCache({ store, largest: 64 * mebibyte, onDamaged })
  const sandbox = testSandbox(docker, image, { reuse, cache })
  sandboxes.push(sandbox)
  return { sandbox, damaged: () => damaged }
}

/** Compiles by the first script and runs the second; `made` tells one start of the compiler from all others. */
const program = (compile: string, run: string) =>
  `[ "$1" = compile ] && { cat /proc/sys/kernel/random/uuid > made; ${compile}; exit; }; cat made; ${run}`

const plain = program('echo "a warning" >&2', 'cat')

const run = async (sandbox: Sandbox, code: string, change: RunChange = {}) => {
  const { result, stdout, compilation } = await runCode(sandbox, code, { language: 'built', tenant: 'one', ...change })
  const [made = '', ...rest] = stdout.split('\n')
  return { result, made, rest: rest.join('\n'), compilation }
}

const spent = { cpuMs: 0, cpuUserMs: 0, cpuSystemMs: 0, wallMs: 0, memoryBytes: 0, memorySource: 'cgroup' }

describe.each([
  ['serve a tenant run after run', reused],
  ['serve one run each', null],
] as const)('given containers that %s', (_, reuse) => {
  it('a second submission of the same does not start the compiler', async () => {
    const { sandbox } = aSandbox(reuse)
    const first = await run(sandbox, plain, { stdin: Buffer.from('one') })
    const second = await run(sandbox, plain, { stdin: Buffer.from('two'), args: ['more'] })
    expect(first).toMatchObject({ rest: 'one', result: { right: { outcome: 'success' } } })
    expect(second).toMatchObject({ rest: 'two', result: { right: { outcome: 'success' } }, made: first.made })
    expect(first.compilation?.cached).toBe(false)
    expect(second.compilation).toEqual({ ...first.compilation, usage: spent, cached: true })
    expect(Buffer.from(second.compilation?.output ?? []).toString()).toBe('a warning\n')
  })

  it('it begins with the very files that the first began with', async () => {
    const { sandbox } = aSandbox(reuse)
    const make = [
      'umask 0; mkdir -p d/e; chmod 2771 d; echo x > d/f; chmod 4755 d/f; ln d/f hard; touch -d @1000000000 d/f',
      'ln -s /etc/passwd link; ln -s nowhere dangling; mkfifo fifo; echo x > "$(printf "./-rf a\\nb")"',
    ].join('; ')
    const list =
      'find . ! -type d -printf "%P %m %y %s %n %l %T@\\0" | sort -z; find . -type d -printf "%P %m\\0" | sort -z'
    const code = program(make, list)
    const [first, second] = [await run(sandbox, code), await run(sandbox, code)]
    expect(second.compilation?.cached).toBe(true)
    expect(first.rest).toContain('d/f 4755 f 2 2  1000000000.0')
    expect(second.rest).toBe(first.rest)
  })

  it('neither finds what the compiler left elsewhere', async () => {
    const { sandbox } = aSandbox(reuse)
    const code = program('mkdir -p /tmp/d /dev/shm/e; touch /tmp/d/f /tmp/g /dev/shm/e/h', 'ls -A /tmp /dev/shm')
    const [first, second] = [await run(sandbox, code), await run(sandbox, code)]
    expect([first.compilation?.cached, second.compilation?.cached]).toEqual([false, true])
    expect([first.rest, second.rest]).toEqual(['/dev/shm:\n\n/tmp:\n', '/dev/shm:\n\n/tmp:\n'])
  })

  it('no program changes what is kept', async () => {
    const { sandbox } = aSandbox(reuse)
    const code = program('echo true > more; chmod 755 more', 'cat more; echo false > more; rm made')
    const seen = [await run(sandbox, code), await run(sandbox, code), await run(sandbox, code)]
    expect(seen.map(({ rest }) => rest)).toEqual(['true\n', 'true\n', 'true\n'])
    expect(new Set(seen.map(({ made }) => made)).size).toBe(1)
  })
})

describe('given a program that was compiled before', () => {
  it.each<readonly [string, RunChange]>([
    ['another tenant', { tenant: 'two' }],
    ['other options', { compileArgs: ['-x'] }],
    ['other limits of the compiler', { compileLimits: { cpuTimeMs: 9_999 } }],
    [
      'a file more',
      {
        files: [
          { name: 'main.sh', content: Buffer.from(plain) },
          { name: 'more', content: new Uint8Array() },
        ],
      },
    ],
  ])('is compiled again for %s', async (_, change) => {
    const { sandbox } = aSandbox()
    const first = await run(sandbox, plain)
    const other = await run(sandbox, plain, change)
    expect(other.compilation?.cached).toBe(false)
    expect(other.made).not.toBe(first.made)
    expect(await run(sandbox, plain)).toMatchObject({ made: first.made, compilation: { cached: true } })
  })

  it('is compiled again for who does not say who they are', async () => {
    const { sandbox } = aSandbox()
    const { tenant: _, ...nobody } = { tenant: '', language: 'built' }
    const seen = [await runCode(sandbox, plain, nobody), await runCode(sandbox, plain, nobody)]
    expect(seen.map(({ compilation }) => compilation?.cached)).toEqual([false, false])
    expect(seen[0]?.stdout).not.toBe(seen[1]?.stdout)
  })

  it('is compiled again where what was kept is no longer what it was', async () => {
    const { sandbox, damaged } = aSandbox(reused, store => ({
      ...store,
      get: place => {
        const entry = store.get(place)
        return entry === null ? null : { ...entry, bytes: entry.bytes.map((byte, at) => byte ^ Number(at === 100)) }
      },
    }))
    const [first, second] = [await run(sandbox, plain), await run(sandbox, plain)]
    expect(second).toMatchObject({ result: { right: { outcome: 'success' } }, compilation: { cached: false } })
    expect(second.made).not.toBe(first.made)
    expect(damaged()).toBe(1)
  })

  it.each([
    ['few plain files', ''],
    ['more than that', '; mkdir folder'],
  ])('meets the limit it would have met, where %s take more memory than it asks for', async (_, more) => {
    const { sandbox } = aSandbox()
    const code = program(`head -c 14000000 /dev/zero > large${more}`, ':')
    const small = { limits: { memoryBytes: 8 * mebibyte } }
    const uncached = await run(sandbox, code, { ...small, tenant: 'nobody else' })
    const seen = [await run(sandbox, code), await run(sandbox, code, small), await run(sandbox, code)]
    expect(uncached).toMatchObject({ result: { right: { outcome: 'memory_limit' } } })
    expect(seen).toMatchObject([
      { result: { right: { outcome: 'success' } }, compilation: { cached: false } },
      { result: { right: { outcome: 'memory_limit', reason: 'memory' } } },
      { result: { right: { outcome: 'success' } }, compilation: { cached: true } },
    ])
  })
})

describe('given a compilation that did not go well', () => {
  it.each([
    ['failed', 'echo "$(cat made)"; exit 1', {}],
    ['said more than is kept', 'cat made; exit 0', { outputBytes: 8 }],
    ['was refused a process', 'cat made; (for i in 1 2 3 4 5 6 7 8 9; do sleep 0.1 & done; wait); :', { processes: 4 }],
  ])('it is made again: it %s', async (_, compile, compileLimits) => {
    const { sandbox } = aSandbox()
    const code = program(compile, ':')
    const seen = [await run(sandbox, code, { compileLimits }), await run(sandbox, code, { compileLimits })]
    expect(seen.map(({ compilation }) => compilation?.cached)).toEqual([false, false])
    expect(seen[0]?.compilation?.output).not.toEqual(seen[1]?.compilation?.output)
  })
})

const runCases = async (sandbox: Sandbox, code: string) => {
  const told: Compilation[] = []
  let written = ''
  const request = {
    ...{
      language: 'built',
      tenant: 'one',
      image: null,
      entry: 'main.sh',
      limits: testLimits,
      compileLimits: testLimits,
    },
    files: [{ name: 'main.sh', content: Buffer.from(code) }],
    owner: { submission: randomUUID(), attempt: 1, budgetMs: 60_000 },
    cases: ['a', 'b'].map(stdin => ({ args: [], stdin: Buffer.from(stdin), limits: testLimits })),
  }
  const listener = {
    compiled: (compilation: Compilation) => void told.push(compilation),
    output: ({ bytes }: Readonly<{ bytes: Uint8Array }>) => {
      written += Buffer.from(bytes).toString()
    },
    ended: () => true,
  }
  const result = await sandbox.runCases(request, listener, new AbortController().signal)()
  return { result, written, cached: told.map(({ cached }) => cached) }
}

describe('given test cases of a program', () => {
  it('begin with what a submission without them made, and the other way round', async () => {
    const { sandbox } = aSandbox()
    const { made } = await run(sandbox, plain)
    const cases = await runCases(sandbox, plain)
    expect(cases).toEqual({ result: E.right(null), written: `${made}\na${made}\nb`, cached: [true] })
    const other = program(':', 'cat')
    const { written, cached } = await runCases(sandbox, other)
    expect(cached).toEqual([false])
    expect(await run(sandbox, other)).toMatchObject({ made: written.split('\n')[0], compilation: { cached: true } })
  })
})

describe('given many submissions of the same at once', () => {
  it('are compiled once', async () => {
    const { sandbox } = aSandbox()
    const code = program('sleep 0.5', ':')
    const seen = await Promise.all([1, 2, 3, 4].map(() => run(sandbox, code)))
    expect(new Set(seen.map(({ made }) => made)).size).toBe(1)
    expect(seen.filter(({ compilation }) => compilation?.cached === false)).toHaveLength(1)
  })
})
