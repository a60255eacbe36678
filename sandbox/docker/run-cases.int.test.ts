import { randomUUID } from 'node:crypto'
import Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import type { Case, RunReport, Sandbox } from '../sandbox.ts'
import { testLimits, testOwner, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const owner = testOwner()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = testSandbox(docker, await runnerImage(), { owner, concurrency: 1 })
})

afterAll(() => sandbox.close())

const mebibyte = 1024 * 1024

type CaseChange = Readonly<{ stdin?: string; args?: ReadonlyArray<string>; limits?: Partial<Case['limits']> }>

type Going = Readonly<{
  goesOn?: (report: RunReport) => boolean
  signal?: AbortSignal
  onOutput?: () => void
  compileLimits?: Partial<Case['limits']>
}>

const forever = (): boolean => true

/** What each case ended with and wrote, and what the sandbox says of all. */
const runCases = async (language: string, code: string, cases: ReadonlyArray<CaseChange>, going: Going = {}) => {
  const { goesOn = forever, signal = new AbortController().signal, onOutput = () => undefined, compileLimits } = going
  const told: Array<Readonly<{ outcome: string; stdout: string }>> = []
  let compilations = 0
  let written = ''
  const request = {
    ...{ language, image: null, entry: 'main.sh', limits: testLimits },
    compileLimits: { ...testLimits, ...compileLimits },
    files: [{ name: 'main.sh', content: Buffer.from(code) }],
    owner: { submission: randomUUID(), attempt: 1, budgetMs: 60_000 },
    mayStop: goesOn !== forever,
    cases: cases.map(({ stdin = '', args = [], limits }) => ({
      ...{ args, stdin: Buffer.from(stdin), limits: { ...testLimits, ...limits } },
    })),
  }
  const listener = {
    compiled: () => {
      compilations += 1
    },
    output: ({ bytes }: Readonly<{ bytes: Uint8Array }>) => {
      written += Buffer.from(bytes).toString()
      onOutput()
    },
    ended: (report: RunReport) => {
      told.push({ outcome: report.outcome, stdout: written })
      written = ''
      return goesOn(report)
    },
  }
  const result = await sandbox.runCases(request, listener, signal)()
  return { result, told, compilations }
}

const success = (stdout: string) => ({ outcome: 'success', stdout })

describe.each(['sh', 'built'])('given the cases of a program in the language %s', language => {
  const compiles = language === 'built' ? 1 : 0
  // Run with this very argument to compile.
  const guard = '[ "$1" = compile ] && exit 0;'

  it('runs each with its own input and arguments, and compiles once at most', async () => {
    const ran = await runCases(language, `${guard} echo "$# $1"; cat`, [
      { stdin: 'one' },
      { stdin: 'two', args: ['a b', 'c'] },
      {},
    ])
    const expected = ['0 \none', '2 a b\ntwo', '0 \n']
    expect(ran).toEqual({ result: E.right(null), told: expected.map(success), compilations: compiles })
  })

  it('shows none what another did to the sources, to what was compiled, or elsewhere', async () => {
    const look = 'ls -A /box /tmp /dev/shm; cat /box/main.sh | wc -l; '
    const change =
      'echo changed >> /box/main.sh; touch /box/more /tmp/more /dev/shm/more; rm -f /box/made; sleep 60 & exit 0'
    const ran = await runCases(language, `${guard} ${look} ${change}`, [{}, {}, {}])
    expect(ran.result).toEqual(E.right(null))
    expect(new Set(ran.told.map(({ stdout }) => stdout)).size).toBe(1)
    expect(ran.told.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success'])
    expect(ran.told[0]?.stdout).not.toContain('more')
  })

  it('goes on behind a case that meets a limit of its own', async () => {
    const code = `${guard} read -r what; [ "$what" = spin ] && while :; do :; done; [ "$what" = fail ] && exit 3; echo "$what"`
    const cases = [{ stdin: 'spin\n', limits: { cpuTimeMs: 200 } }, { stdin: 'fail\n' }, { stdin: 'fine\n' }]
    const { result, told } = await runCases(language, code, cases)
    expect(result).toEqual(E.right(null))
    expect(told).toEqual([
      { outcome: 'time_limit', stdout: '' },
      { outcome: 'runtime_error', stdout: '' },
      success('fine\n'),
    ])
  })

  it('ends where it is told that the next need not be run', async () => {
    const goesOn = ({ outcome }: RunReport) => outcome === 'success'
    const { result, told } = await runCases(language, `${guard} exit $(cat)`, [{ stdin: '0' }, { stdin: '1' }, {}], {
      goesOn,
    })
    expect(result).toEqual(E.right(null))
    expect(told.map(({ outcome }) => outcome)).toEqual(['success', 'runtime_error'])
  })

  it('ends at once where it is called off, and lets others go on', async () => {
    const controller = new AbortController()
    const ran = await runCases(language, `${guard} echo begun; sleep 60`, [{}, {}], {
      signal: controller.signal,
      onOutput: () => controller.abort(),
    })
    expect(ran).toMatchObject({ result: { left: { kind: 'aborted' } }, told: [] })
    // There is one turn, which has been given back.
    expect(await runCases(language, `${guard} echo on`, [{}])).toMatchObject({ told: [success('on\n')] })
  })
})

describe('given a program that is compiled', () => {
  it('runs what the compilation made, with the right to execute it', async () => {
    const compile = 'mkdir -p sub; printf "#!/bin/sh\\necho made" > sub/made; chmod 755 sub/made; ln -s sub/made made'
    const ran = await runCases('built', `[ "$1" = compile ] && { ${compile}; exit; }; ./made`, [{}, {}])
    expect(ran.told).toEqual([success('made\n'), success('made\n')])
  })

  it('runs the few files it made, with the right to execute them', async () => {
    const compile = 'printf "#!/bin/sh\\necho made" > made; chmod 755 made'
    const ran = await runCases('built', `[ "$1" = compile ] && { ${compile}; exit; }; ./made; ls -A`, [{}, {}])
    const everything = success('made\nmade\nmain.sh\n')
    expect(ran.told).toEqual([everything, everything])
  })

  it('answers the compilation that failed, and runs nothing', async () => {
    const ran = await runCases('built', 'echo no >&2; exit 1', [{}, {}])
    expect(ran).toMatchObject({
      result: { right: { outcome: 'compile_error', exitCode: 1 } },
      told: [],
      compilations: 1,
    })
  })

  it('says so where it made more than can be carried on', async () => {
    const ran = await runCases('built', '[ "$1" = compile ] && head -c 20000000 /dev/urandom > made', [{}])
    expect(ran).toMatchObject({ result: { right: { outcome: 'compile_limit', reason: 'artifact' } }, told: [] })
  })
})

describe('given more cases than are sent ahead', () => {
  const numbers = Array.from({ length: 40 }, (_, i) => i)
  const stdinOf = (number: number) => (number % 10 === 3 ? `${number}\n`.padEnd(100_000, 'x') : `${number}\n`)
  const mebibyte = 1024 * 1024

  it('tells of each in order, whatever it is given, needs, writes and leaves', async () => {
    const look = 'read -r n; ls -A /box /tmp; set -- /proc/[0-9]*; echo "$n $#"; '
    const leave = 'touch /box/more /tmp/more; echo changed >> main.sh; sleep 60 & exit 0'
    const cases = numbers.map(number => ({
      stdin: stdinOf(number),
      limits: { memoryBytes: (number % 10 === 7 ? 64 : 96) * mebibyte },
    }))
    const { result, told } = await runCases('sh', look + leave, cases)
    expect(result).toEqual(E.right(null))
    // The runner and sh.
    expect(told).toEqual(numbers.map(number => success(`/box:\nmain.sh\n\n/tmp:\n${number} 2\n`)))
  })

  it('begins anew behind each that met a limit, and repeats none', async () => {
    const code = 'read -r n; echo "$n"; [ $((n % 8)) = 5 ] && while :; do :; done; true'
    const limits = { cpuTimeMs: 100 }
    const { result, told } = await runCases(
      'sh',
      code,
      numbers.slice(0, 16).map(number => ({ stdin: `${number}\n`, limits })),
    )
    expect(result).toEqual(E.right(null))
    expect(told).toEqual(
      numbers.slice(0, 16).map(number => ({
        outcome: number % 8 === 5 ? 'time_limit' : 'success',
        stdout: `${number}\n`,
      })),
    )
  })

  it('keeps what several wrote apart where each wrote much', async () => {
    const code = 'read -r n; i=0; while [ $i -lt 3000 ]; do echo "$n $n $n $n $n $n $n $n"; i=$((i + 1)); done'
    const few = numbers.slice(0, 6)
    const { told } = await runCases(
      'sh',
      code,
      few.map(number => ({ stdin: `${number}\n` })),
    )
    expect(told).toEqual(few.map(number => success(`${Array(8).fill(number).join(' ')}\n`.repeat(3000))))
  })
})

describe('given cases whose limits are below those of the compilation', () => {
  const guard = '[ "$1" = compile ] && exit 0;'
  const compileLimits = { memoryBytes: 512 * mebibyte, processes: 96 }
  const limits = { memoryBytes: 160 * mebibyte, processes: 24 }

  it('lets each run once, and tells of it once', async () => {
    const cases = Array.from({ length: 40 }, (_, i) => ({ args: [`${i}`], limits }))
    const { result, told } = await runCases('built', `${guard} echo $1`, cases, { compileLimits })
    expect(result).toEqual(E.right(null))
    expect(told).toEqual(cases.map(({ args: [i] }) => success(`${i}\n`)))
  })

  it.each([
    ['memory', `echo begun; perl -e '$x = "x" x (300 << 20)'`, 'memory_limit'],
    ['processes', 'echo begun; i=0; while [ $i -lt 60 ]; do sleep 9 & i=$((i + 1)); done; echo all', 'runtime_error'],
  ])('lets none have more %s than its own, from the first on', async (_, greed, outcome) => {
    const code = `${guard} [ "$1" = greedy ] || exit 0; exec 2>/dev/null; ${greed}`
    const cases = [{ args: ['greedy'], limits }, { limits }, { args: ['greedy'], limits }, { limits }]
    const { result, told } = await runCases('built', code, cases, { compileLimits })
    expect(result).toEqual(E.right(null))
    const greedy = { outcome, stdout: 'begun\n' }
    expect(told).toEqual([greedy, success(''), greedy, success('')])
  })
})
