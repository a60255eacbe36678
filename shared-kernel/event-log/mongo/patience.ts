import type { EventLogFault } from '../event-log.ts'
import type { Setback } from './insert-commit.ts'

const patienceMs = 10_000
const mostUncertain = 3

const fault = (kind: EventLogFault['kind'], message: string): EventLogFault => ({
  _tag: 'EventLogFault',
  kind,
  message,
})

const contended = fault('contended', `other processes appended first for ${patienceMs / 1000} seconds`)
const unknown = fault('unreachable', 'mongodb: what became of an append could not be found out')

/** Counts the setbacks of one append; answers the fault to give up with, null as long as it should begin again. */
export const createPatience = () => {
  const deadline = performance.now() + patienceMs
  let uncertain = 0
  return (setback: Setback): EventLogFault | null => {
    if (setback === 'uncertain') uncertain += 1
    if (uncertain < mostUncertain && performance.now() < deadline) return null
    return uncertain > 0 ? unknown : contended
  }
}
