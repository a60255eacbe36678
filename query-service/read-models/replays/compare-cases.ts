import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'
import type { Content } from '../result/result.ts'
import type { CaseRow } from '../result/result-body.ts'
import { type Changes, changesIn } from './changes.ts'
import { compareStreams, type StreamsComparison } from './compare-streams.ts'
import { type Exit, exitOf } from './exit.ts'
import { type Pair, pairOf } from './pair.ts'

const streams = ['stdout', 'stderr'] as const

/** `outcome` is null where the case did not run. */
type CaseComparison = Readonly<{
  name: string
  outcome: Pair<string | null>
  exit: Pair<Exit>
  output: StreamsComparison<(typeof streams)[number]>
}>

/** Over the test cases of one submission. */
export type CasesComparison = Changes<CaseComparison>

const nothing = Buffer.alloc(0)

const writtenBy = (ran: CaseRow | undefined) => ({
  stdout: ran === undefined ? nothing : decodeBytes(ran.written.stdout),
  stderr: ran === undefined ? nothing : decodeBytes(ran.written.stderr),
})

const compareCase = (name: string, original: CaseRow | undefined, replay: CaseRow | undefined): CaseComparison => ({
  name,
  outcome: pairOf<string | null>(original?.outcome ?? null, replay?.outcome ?? null),
  exit: pairOf(exitOf(original), exitOf(replay)),
  output: compareStreams(streams, writtenBy(original), writtenBy(replay)),
})

const isSame = ({ outcome, exit, output }: CaseComparison): boolean => outcome.same && exit.same && output.same

const byIndex = ({ cases }: Content): ReadonlyMap<number, CaseRow> => new Map(cases.map(row => [row.index, row]))

/** Null where there were no test cases. */
export const compareCases = (original: Content, replay: Content): CasesComparison | null => {
  const plan = original.input.tests
  if (plan === undefined) return null
  const [before, now] = [byIndex(original), byIndex(replay)]
  const compared = plan.cases.map(({ name }, index) => compareCase(name, before.get(index), now.get(index)))
  return changesIn(compared, isSame)
}
