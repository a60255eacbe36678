import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import type { Problem } from '@runledger/shared-kernel/http/problem.ts'
import * as E from 'fp-ts/lib/Either.js'
import type { Dependencies } from '../../dependencies.ts'
import { findLanguage } from '../submit/find-language.ts'

type Offer = Pick<Dependencies, 'catalogue' | 'limits'>

/** What stands against running now what was once accepted: the operator may have taken its language or limits back. */
export const checkStillOffered = ({ catalogue, limits }: Offer, data: SubmissionReceived['data']): Problem | null => {
  const language = findLanguage(catalogue, data.language)
  if (E.isLeft(language)) return language.left.status === 422 ? noLonger(data.language) : language.left
  const excess = [
    ...above('limits', data.limits, limits.run.maxima),
    ...above('compileLimits', data.compileLimits, limits.compile.maxima),
    ...(data.outputLimits === undefined ? [] : above('outputLimits', data.outputLimits, limits.outputs)),
  ]
  return excess.length === 0
    ? null
    : { status: 409, error: `It ran within limits that are no longer allowed: ${excess.join(', ')}` }
}

const noLonger = (language: string): Problem => ({ status: 409, error: `Language ${language} is no longer offered` })

type Named = Readonly<Record<string, number>>

const above = (field: string, limits: Named, maxima: Named): ReadonlyArray<string> =>
  Object.entries(maxima)
    .filter(([name, maximum]) => (limits[name] ?? 0) > maximum)
    .map(([name]) => `${field}.${name}`)
