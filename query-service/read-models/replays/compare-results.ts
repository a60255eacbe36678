import type { Usage } from '@runledger/shared-kernel/types/usage.ts'
import type { OpenResult, Result } from '../result/result.ts'
import type { OutputRow } from '../result/result-body.ts'
import { bytesOf } from '../result/written-text.ts'
import { type Difference, firstDifference } from './first-difference.ts'

type Pair<A> = Readonly<{ original: A; replay: A; same: boolean }>

type OutputDifference = Difference & Readonly<{ stream: OutputRow['stream'] }>

type Measured = Readonly<{ original: number; replay: number; ratio: number | null }>

/**
 * How two results that have ended compare. `same`: the program did the same, as far as a judge can see: outcome, exit and
 * both output streams. What it used, what the compiler said and what image it ran on are told beside.
 */
export type Comparison = Readonly<{
  same: boolean
  outcome: Pair<string | null>
  exit: Pair<Readonly<{ exitCode: number | null; signal: string | null }>>
  output: Readonly<{ same: boolean; firstDifference: OutputDifference | null }>
  compilerOutput: Readonly<{ same: boolean; firstDifference: OutputDifference | null }>
  image: Pair<string | null>
  languageVersion: Pair<string | null>
  usage: Readonly<{ cpuMs: Measured; wallMs: Measured; memoryBytes: Measured }> | null
}>

const pairOf = <A>(original: A, replay: A): Pair<A> => ({
  original,
  replay,
  same: JSON.stringify(original) === JSON.stringify(replay),
})

const outcomeOf = ({ body }: Pick<Result, 'body'>): string | null =>
  body.verdict?.outcome ?? (body.status === 'failed' ? 'internal_error' : null)

const exitOf = ({ body }: Pick<Result, 'body'>) => ({
  exitCode: body.verdict?.exitCode ?? null,
  signal: body.verdict?.signal ?? null,
})

const outputDifference = (
  original: OpenResult,
  replay: OpenResult,
  streams: ReadonlyArray<OutputRow['stream']>,
): OutputDifference | null => {
  for (const stream of streams) {
    const [before, now] = [original, replay].map(({ content }) => bytesOf(content?.output ?? [], stream))
    const difference = before === undefined || now === undefined ? null : firstDifference(before, now)
    if (difference !== null) return { stream, ...difference }
  }
  return null
}

const outputOf = (original: OpenResult, replay: OpenResult, streams: ReadonlyArray<OutputRow['stream']>) => {
  const difference = outputDifference(original, replay, streams)
  return { same: difference === null, firstDifference: difference }
}

const measured = (original: number, replay: number): Measured => ({
  original,
  replay,
  ratio: original === 0 ? null : Number((replay / original).toFixed(3)),
})

const usageOf = (original: Usage | null, replay: Usage | null): Comparison['usage'] =>
  original === null || replay === null
    ? null
    : {
        cpuMs: measured(original.cpuMs, replay.cpuMs),
        wallMs: measured(original.wallMs, replay.wallMs),
        memoryBytes: measured(original.memoryBytes, replay.memoryBytes),
      }

export const compareResults = (original: OpenResult, replay: OpenResult): Comparison => {
  const outcome = pairOf(outcomeOf(original), outcomeOf(replay))
  const exit = pairOf(exitOf(original), exitOf(replay))
  const output = outputOf(original, replay, ['stdout', 'stderr'])
  return {
    same: original.body.status === replay.body.status && outcome.same && exit.same && output.same,
    outcome,
    exit,
    output,
    compilerOutput: outputOf(original, replay, ['compiler']),
    image: pairOf(original.body.started?.imageDigest ?? null, replay.body.started?.imageDigest ?? null),
    languageVersion: pairOf(
      original.body.started?.languageVersion ?? null,
      replay.body.started?.languageVersion ?? null,
    ),
    usage: usageOf(original.body.verdict?.usage ?? null, replay.body.verdict?.usage ?? null),
  }
}
