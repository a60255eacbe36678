import type { Usage } from '@runledger/shared-kernel/types/usage.ts'
import type { Content, OpenResult, Result } from '../result/result.ts'
import type { OutputRow } from '../result/result-body.ts'
import { bytesOf } from '../result/written-text.ts'
import { type CasesComparison, compareCases } from './compare-cases.ts'
import { compareFiles, type FilesComparison } from './compare-files.ts'
import { compareStreams, type StreamsComparison } from './compare-streams.ts'
import { type Exit, exitOf } from './exit.ts'
import { type Pair, pairOf } from './pair.ts'

/** A result that has ended, with what was sent and written: nothing of it is erased. */
export type ShownResult = OpenResult & Readonly<{ content: Content }>

type OutputComparison = StreamsComparison<OutputRow['stream']>

type Measured = Readonly<{ original: number; replay: number; ratio: number | null }>

/**
 * How two results that have ended compare. `same`: the program did the same, as far as a judge can see: outcome, exit,
 * both output streams, every test case and every file that was collected. What it used, what the compiler said and what
 * image it ran on are told beside. `tests` and `files` are null where none were asked for.
 */
export type Comparison = Readonly<{
  same: boolean
  outcome: Pair<string | null>
  exit: Pair<Exit>
  output: OutputComparison
  tests: CasesComparison | null
  files: FilesComparison | null
  compilerOutput: OutputComparison
  image: Pair<string | null>
  languageVersion: Pair<string | null>
  usage: Readonly<{ cpuMs: Measured; wallMs: Measured; memoryBytes: Measured }> | null
}>

const outcomeOf = ({ body }: Pick<Result, 'body'>): string | null =>
  body.verdict?.outcome ?? (body.status === 'failed' ? 'internal_error' : null)

const writtenBy = ({ content: { output } }: ShownResult) => ({
  stdout: bytesOf(output, 'stdout'),
  stderr: bytesOf(output, 'stderr'),
  compiler: bytesOf(output, 'compiler'),
})

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

/** What a judge sees of both. */
const compareSeen = (original: ShownResult, replay: ShownResult) => ({
  outcome: pairOf(outcomeOf(original), outcomeOf(replay)),
  exit: pairOf(exitOf(original.body.verdict), exitOf(replay.body.verdict)),
  output: compareStreams<OutputRow['stream']>(['stdout', 'stderr'], writtenBy(original), writtenBy(replay)),
  tests: compareCases(original.content, replay.content),
  files: compareFiles(original.content, replay.content),
})

export const compareResults = (original: ShownResult, replay: ShownResult): Comparison => {
  const seen = compareSeen(original, replay)
  const [before, now] = [original.body, replay.body]
  return {
    same: before.status === now.status && Object.values(seen).every(compared => compared?.same ?? true),
    ...seen,
    compilerOutput: compareStreams<OutputRow['stream']>(['compiler'], writtenBy(original), writtenBy(replay)),
    image: pairOf(before.started?.imageDigest ?? null, now.started?.imageDigest ?? null),
    languageVersion: pairOf(before.started?.languageVersion ?? null, now.started?.languageVersion ?? null),
    usage: usageOf(before.verdict?.usage ?? null, now.verdict?.usage ?? null),
  }
}
