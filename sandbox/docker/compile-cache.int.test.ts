import { describe, expect, it } from 'vitest'
import { plain, program, reused, run, useCachingSandboxes } from './caching-sandbox.fixture.ts'
import { type RunChange, runCode } from './test-sandbox.ts'

const aSandbox = useCachingSandboxes()

const spent = { cpuMs: 0, cpuUserMs: 0, cpuSystemMs: 0, wallMs: 0, memoryBytes: 0, memorySource: 'cgroup' }

describe.each([
  ['serve a tenant run after run', reused],
  ['serve one run each', null],
] as const)('given containers that %s', (_, reuse) => {
  it('a second submission of the same does not start the compiler', async () => {
    const { sandbox } = aSandbox({ reuse })
    const first = await run(sandbox, plain, { stdin: Buffer.from('one') })
    const second = await run(sandbox, plain, { stdin: Buffer.from('two'), args: ['more'] })
    expect(first).toMatchObject({ rest: 'one', result: { right: { outcome: 'success' } } })
    expect(second).toMatchObject({ rest: 'two', result: { right: { outcome: 'success' } }, made: first.made })
    expect(first.compilation?.cached).toBe(false)
    expect(second.compilation).toEqual({ ...first.compilation, usage: spent, cached: true })
    expect(Buffer.from(second.compilation?.output ?? []).toString()).toBe('a warning\n')
  })

  it('it begins with the very files that the first began with', async () => {
    const { sandbox } = aSandbox({ reuse })
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
    const { sandbox } = aSandbox({ reuse })
    const code = program('mkdir -p /tmp/d /dev/shm/e; touch /tmp/d/f /tmp/g /dev/shm/e/h', 'ls -A /tmp /dev/shm')
    const [first, second] = [await run(sandbox, code), await run(sandbox, code)]
    expect([first.compilation?.cached, second.compilation?.cached]).toEqual([false, true])
    expect([first.rest, second.rest]).toEqual(['/dev/shm:\n\n/tmp:\n', '/dev/shm:\n\n/tmp:\n'])
  })

  it('no program changes what is kept', async () => {
    const { sandbox } = aSandbox({ reuse })
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
    const { sandbox, damaged } = aSandbox({
      around: store => ({
        ...store,
        get: place => {
          const entry = store.get(place)
          return entry === null ? null : { ...entry, bytes: entry.bytes.map((byte, at) => byte ^ Number(at === 100)) }
        },
      }),
    })
    const [first, second] = [await run(sandbox, plain), await run(sandbox, plain)]
    expect(second).toMatchObject({ result: { right: { outcome: 'success' } }, compilation: { cached: false } })
    expect(second.made).not.toBe(first.made)
    expect(damaged()).toBe(1)
  })
})
