import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PhaseResult } from './runner/phase-result.ts'
import { isCleanCompilation, verdict } from './verdict.ts'

const written = (bytes: number, truncated = false) => ({ bytes, truncated })

const phase = (facts: Partial<PhaseResult> = {}): PhaseResult => ({
  exitCode: 0,
  signal: null,
  limit: null,
  spawnError: null,
  usage: { cpuMs: 3, cpuUserMs: 2, cpuSystemMs: 1, wallMs: 5, memoryBytes: 4096, memorySource: 'cgroup' },
  oomKills: 0,
  pidsRefused: 0,
  stdout: written(3),
  stderr: written(0),
  ever: { memoryBytes: 4096, processes: 2 },
  ...facts,
})

const killed = (limit: PhaseResult['limit']) => phase({ exitCode: null, signal: 'SIGKILL', limit })

describe('given how the run ended', () => {
  it.each<[string, PhaseResult, string, string | null]>([
    ['exit code 0', phase(), 'success', null],
    ['exit code 3', phase({ exitCode: 3 }), 'runtime_error', null],
    ['exit code 137 of its own', phase({ exitCode: 137 }), 'runtime_error', null],
    ['exit code 1 after refused forks', phase({ exitCode: 1, pidsRefused: 7 }), 'runtime_error', 'processes'],
    ['exit code 0 after refused forks', phase({ pidsRefused: 7 }), 'success', null],
    [
      'an abort after refused forks',
      phase({ exitCode: null, signal: 'SIGABRT', pidsRefused: 1 }),
      'signalled',
      'processes',
    ],
    ['a segfault', phase({ exitCode: null, signal: 'SIGSEGV' }), 'signalled', null],
    ['a kill of its own', phase({ exitCode: null, signal: 'SIGKILL' }), 'signalled', null],
    ['too large a file', phase({ exitCode: null, signal: 'SIGXFSZ' }), 'signalled', 'file_size'],
    ['the CPU rlimit', phase({ exitCode: null, signal: 'SIGXCPU' }), 'time_limit', 'cpu'],
    ['the CPU limit', killed('cpu'), 'time_limit', 'cpu'],
    ['the wall limit', killed('wall'), 'time_limit', 'wall'],
    ['the memory limit', killed('memory'), 'memory_limit', 'memory'],
    ['the output limit', killed('output'), 'output_limit', 'output'],
    ['output cut at the very end', phase({ stdout: written(9, true) }), 'output_limit', 'output'],
    ['stderr cut at the very end', phase({ stderr: written(9, true) }), 'output_limit', 'output'],
    ['an error exit with output cut', phase({ exitCode: 1, stdout: written(9, true) }), 'runtime_error', null],
    ['a child out of memory, parent returns 0', phase({ oomKills: 1 }), 'memory_limit', 'memory'],
    ['a child out of memory, parent hangs', { ...killed('wall'), oomKills: 2 }, 'memory_limit', 'memory'],
    ['no program there', phase({ exitCode: null, spawnError: 'ENOENT' }), 'runtime_error', 'spawn ENOENT'],
    ['a program larger than memory', phase({ exitCode: null, spawnError: 'ENOMEM' }), 'memory_limit', 'memory'],
    ['no process left for it', phase({ exitCode: null, spawnError: 'EAGAIN' }), 'runtime_error', 'processes'],
  ])('%s', (_name, run, outcome, reason) => {
    expect(verdict({ compile: null, run })).toMatchObject({ outcome, reason, exitCode: run.exitCode })
  })
})

describe('given how the compilation ended', () => {
  it.each<[string, PhaseResult, string, string | null]>([
    ['an error', phase({ exitCode: 1 }), 'compile_error', null],
    ['an error after refused forks', phase({ exitCode: 1, pidsRefused: 7 }), 'compile_limit', 'processes'],
    ['an error flood', phase({ exitCode: 1, stderr: written(9, true) }), 'compile_error', null],
    ['a crash', phase({ exitCode: null, signal: 'SIGSEGV' }), 'compile_error', null],
    ['the CPU limit', killed('cpu'), 'compile_limit', 'cpu'],
    ['the wall limit', killed('wall'), 'compile_limit', 'wall'],
    ['the output limit', killed('output'), 'compile_limit', 'output'],
    ['too large a file', phase({ exitCode: null, signal: 'SIGXFSZ' }), 'compile_limit', 'file_size'],
    ['its child out of memory', phase({ exitCode: 1, oomKills: 1 }), 'compile_limit', 'memory'],
  ])('%s', (_name, compile, outcome, reason) => {
    expect(verdict({ compile, run: null })).toMatchObject({ outcome, reason, usage: null })
  })

  it('warnings beyond the cap do not fail it', () => {
    const compile = phase({ stderr: written(9, true) })
    expect(verdict({ compile, run: phase() })).toMatchObject({ outcome: 'success' })
  })

  it('success without a run says nothing', () => {
    expect(verdict({ compile: phase(), run: null })).toBeNull()
  })
})

describe('given any facts', () => {
  const anyPhase: fc.Arbitrary<PhaseResult> = fc.record({
    exitCode: fc.option(fc.nat(255)),
    signal: fc.option(fc.constantFrom('SIGKILL', 'SIGSEGV', 'SIGXCPU', 'SIGXFSZ')),
    limit: fc.option(fc.constantFrom('cpu' as const, 'wall' as const, 'output' as const, 'memory' as const)),
    spawnError: fc.option(fc.constantFrom('ENOENT', 'ENOMEM', 'EAGAIN')),
    usage: fc.constant(phase().usage),
    oomKills: fc.nat(2),
    pidsRefused: fc.nat(2),
    stdout: fc.record({ bytes: fc.nat(), truncated: fc.boolean() }),
    stderr: fc.record({ bytes: fc.nat(), truncated: fc.boolean() }),
    ever: fc.constant(phase().ever),
  })

  it('success means exit code 0, within every limit', async () => {
    await fc.assert(
      fc.property(anyPhase, run => {
        if (verdict({ compile: null, run })?.outcome !== 'success') return
        expect(run).toMatchObject({ exitCode: 0, signal: null, limit: null, spawnError: null, oomKills: 0 })
      }),
    )
  })
})

describe('given a compilation that succeeded', () => {
  it('is clean where it met no limit', () => {
    expect(isCleanCompilation(phase())).toBe(true)
  })

  it.each<[string, Partial<PhaseResult>]>([
    ['a child was killed for memory', { oomKills: 1 }],
    ['it was refused a process', { pidsRefused: 1 }],
    ['it ended just when its time did', { limit: 'wall' }],
    ['it was killed', { exitCode: null, signal: 'SIGKILL' }],
    ['it said no', { exitCode: 1 }],
  ])('is not where %s', (_, facts) => {
    expect(isCleanCompilation(phase(facts))).toBe(false)
  })
})
