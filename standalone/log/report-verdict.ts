import type { ChainVerdict } from '@runledger/shared-kernel/event-log/verify-chain.ts'
import type { LogVerdict } from '@runledger/shared-kernel/log-tools/verify-log.ts'
import type { ExitStatus } from './log-command.ts'

type Report = Readonly<{ lines: ReadonlyArray<string>; status: ExitStatus }>

const linesOf = (p: number, verdict: ChainVerdict): ReadonlyArray<string> =>
  verdict._tag === 'Broken'
    ? [`BROKEN partition ${verdict.position.p}, position ${verdict.position.n}: ${verdict.why}`]
    : [
        ...verdict.repaired.map(n => `REPAIRED partition ${p}, position ${n}: a hole, closed by a tombstone`),
        ...verdict.lost.map(
          ({ stream, from, to, n }) =>
            `LOST events ${from} to ${to} of ${stream}: they were in a hole before partition ${p}, position ${n}`,
        ),
      ]

const summary = (verdicts: ReadonlyArray<ChainVerdict>, lines: number): string => {
  const broken = verdicts.filter(({ _tag }) => _tag === 'Broken').length
  if (broken > 0) return `${broken} of ${verdicts.length} partition(s) are not as they were written`
  return lines === 0
    ? `${verdicts.length} partition(s) are as they were written`
    : `${verdicts.length} partition(s) are as they were written, but for what is named above`
}

/** What a verification found, one line each, and the exit status that says so. */
export const reportVerdict = ({ partitions, stray }: LogVerdict): Report => {
  const found = [
    ...[...partitions].flatMap(([p, verdict]) => linesOf(p, verdict)),
    ...(stray === null ? [] : [`BROKEN ${stray}: a commit where none can be`]),
  ]
  const isBroken = found.some(line => line.startsWith('BROKEN'))
  const status = isBroken ? 1 : found.length > 0 ? 3 : 0
  return { lines: [...found, summary([...partitions.values()], found.length)], status }
}
