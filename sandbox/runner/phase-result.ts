import { constants } from 'node:os'
import type { StreamTotals, Usage } from '../sandbox.ts'

type PhaseLimit = 'cpu' | 'wall' | 'output' | 'memory'

/** The most that the container has used since it was made, its runner counted; null where the kernel does not say. */
type UsedEver = Readonly<{ memoryBytes: number | null; processes: number | null }>

/** How one phase ended, from kernel facts alone. Exactly one of `exitCode`, `signal`, `spawnError` is not null. */
export type PhaseResult = Readonly<{
  exitCode: number | null
  /** `SIGSEGV`, `SIGKILL`, ... */
  signal: string | null
  limit: PhaseLimit | null
  /** Name of the errno that kept the program from being started: `ENOENT`, `EACCES`, `ENOEXEC`, `ENOSPC`, ... */
  spawnError: string | null
  usage: Usage
  oomKills: number
  /** Forks refused by the process limit. */
  pidsRefused: number
  stdout: StreamTotals
  stderr: StreamTotals
  ever: UsedEver
}>

export const RESULT_BYTES = 73

const LIMITS: ReadonlyArray<PhaseLimit | null> = [null, 'cpu', 'wall', 'output', 'memory']
const MEMORY_SOURCES: ReadonlyArray<Usage['memorySource']> = ['cgroup', 'rusage', 'sampled']
const ENDINGS = ['exited', 'signalled', 'notStarted'] as const

const nameOf = (names: Readonly<Record<string, number>>, number: number): string | undefined =>
  Object.entries(names).find(([, value]) => value === number)?.[0]

const signalName = (signal: number): string => nameOf(constants.signals, signal) ?? `SIG${signal}`
const errnoName = (errno: number): string => nameOf(constants.errno, errno) ?? `E${errno}`

const flag = (byte: number): boolean | undefined => [false, true][byte]
const milliseconds = (microseconds: bigint): number => Math.round(Number(microseconds) / 1000)

const totals = (payload: Buffer, at: number): StreamTotals | null => {
  const truncated = flag(payload.readUInt8(at + 6))
  return truncated === undefined ? null : { bytes: payload.readUIntBE(at, 6), truncated }
}

const usage = (payload: Buffer): Usage | null => {
  const memorySource = MEMORY_SOURCES[payload.readUInt8(30)]
  const [cpu, user] = [payload.readBigUInt64BE(14), payload.readBigUInt64BE(53)]
  if (memorySource === undefined || user > cpu) return null
  const [cpuMs, cpuUserMs] = [milliseconds(cpu), milliseconds(user)]
  return {
    wallMs: milliseconds(payload.readBigUInt64BE(6)),
    cpuMs,
    cpuUserMs,
    cpuSystemMs: cpuMs - cpuUserMs,
    memoryBytes: Number(payload.readBigUInt64BE(22)),
    memorySource,
  }
}

const usedEver = (payload: Buffer): UsedEver => ({
  memoryBytes: Number(payload.readBigUInt64BE(61)) || null,
  processes: payload.readUInt32BE(69) || null,
})

const ended = (payload: Buffer): Pick<PhaseResult, 'exitCode' | 'signal' | 'spawnError'> | null => {
  const ending = ENDINGS[payload.readUInt8(0)]
  if (ending === undefined) return null
  const number = payload.readUInt32BE(1)
  return {
    exitCode: ending === 'exited' ? number : null,
    signal: ending === 'signalled' ? signalName(number) : null,
    spawnError: ending === 'notStarted' ? errnoName(number) : null,
  }
}

/** Reads a RESULT payload of `RESULT_BYTES`; null where a field holds a value the protocol does not know. */
export const decodePhaseResult = (payload: Buffer): PhaseResult | null => {
  const [ending, limit, used] = [ended(payload), LIMITS[payload.readUInt8(5)], usage(payload)]
  const [stdout, stderr] = [totals(payload, 39), totals(payload, 46)]
  if (ending === null || limit === undefined || used === null || stdout === null || stderr === null) return null
  return {
    ...ending,
    limit,
    usage: used,
    oomKills: payload.readUInt32BE(31),
    pidsRefused: payload.readUInt32BE(35),
    stdout,
    stderr,
    ever: usedEver(payload),
  }
}
