import { randomUUID } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { Compilation, Sandbox } from '../sandbox.ts'
import { plain, program, run, useCachingSandboxes } from './caching-sandbox.fixture.ts'
import { testLimits } from './test-sandbox.ts'

const mebibyte = 1024 * 1024
const aSandbox = useCachingSandboxes()

describe('given a program that was compiled before, and limits', () => {
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
    mayStop: false,
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
