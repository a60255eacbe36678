import type { LogAudit } from '../support/audit-log.ts'
import type { Ending } from './storm.ts'

export type Evidence = Readonly<{
  accepted: ReadonlyArray<string>
  endings: ReadonlyArray<Ending>
  audit: LogAudit
  /** Containers left after every service has stopped. */
  containers: ReadonlyArray<string>
}>

export type Verdict = Readonly<{ lost: number; doubled: number; orphans: number; worstMs: number }>

const lostIds = ({ accepted, endings, audit }: Evidence): ReadonlySet<string> => {
  const sound = new Set(endings.filter(({ asExpected, notFound }) => asExpected && notFound === 0).map(({ id }) => id))
  return new Set([...accepted.filter(id => !sound.has(id)), ...audit.missing, ...audit.open])
}

/**
 * Lost: accepted without an end as expected, or denied at any time, or without a terminal event. Doubled: two terminal
 * events, or events of an attempt after the next began, or one submission under two ids.
 */
export const verdictOn = (evidence: Evidence): Verdict => {
  const { accepted, endings, audit, containers } = evidence
  const twice = accepted.length - new Set(accepted).size
  return {
    lost: lostIds(evidence).size,
    doubled: new Set([...audit.doubled, ...audit.stale]).size + twice,
    orphans: containers.length,
    worstMs: Math.round(Math.max(0, ...endings.map(({ ms }) => ms))),
  }
}
