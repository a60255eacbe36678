import { expect } from 'vitest'
import type { PhaseResult } from '../runner/phase-result.ts'
import type { RunnerSession } from '../runner/runner-session.ts'
import type { ContainerPlan } from './container-options.ts'
import type { StartedContainer } from './start-container.ts'

/** A session that is ready and is asked for nothing; a test says what it answers to what. */
export const idleSession: RunnerSession = {
  ready: Promise.resolve(),
  run: () => expect.unreachable(),
  collect: () => expect.unreachable(),
  reset: () => expect.unreachable(),
  follow: () => expect.unreachable(),
}

export const planOf = (language: string, digest = 'sha256:1'): ContainerPlan => ({
  image: { language, digest },
  shape: { memoryBytes: 64, processes: 8, tmpfsBytes: 16 },
  owner: { logId: 'log', workerId: 'worker', incarnation: 'one' },
  cpus: 1,
  runtime: null,
})

/** A container that lives, is asked for nothing, and may be let go. */
export const idleContainer: StartedContainer = {
  name: 'container',
  plan: planOf('bash'),
  session: idleSession,
  gone: new Promise(() => undefined),
  limitTo: () => expect.unreachable(),
  comingLimits: () => null,
  wasOutOfMemory: () => expect.unreachable(),
  hangUp: () => undefined,
}

/** Of a phase that ended by itself and wrote nothing. */
export const phaseResult: PhaseResult = {
  ...{ exitCode: 0, signal: null, limit: null, spawnError: null, oomKills: 0, pidsRefused: 0 },
  usage: { cpuMs: 1, cpuUserMs: 1, cpuSystemMs: 0, wallMs: 1, memoryBytes: 1, memorySource: 'rusage' },
  stdout: { bytes: 0, truncated: false },
  stderr: { bytes: 0, truncated: false },
  ever: { memoryBytes: 1, processes: 2 },
}
