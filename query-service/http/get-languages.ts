import type { LimitPolicy, PhaseLimits } from '@runledger/shared-kernel/config/limit-policy.ts'
import { sendProblem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { strictly } from '@runledger/shared-kernel/http/strictly.ts'
import { effectiveLimits } from '@runledger/shared-kernel/languages/effective-limits.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'
import type { RequestHandler } from 'express'
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const decodeQuery = strictly(t.strict({}))

const presentLimits = (phase: PhaseLimits, factors: Language['runFactors']) => ({
  default: effectiveLimits(phase, factors, {}),
  maximum: phase.maxima,
})

const presentLanguage =
  ({ run, compile }: LimitPolicy) =>
  ({ name, aliases, version, image, state, compiled, compileOptions = [], ...language }: Language) => ({
    name,
    aliases,
    version,
    image,
    state,
    compiled,
    compileOptions,
    limits: presentLimits(run, language.runFactors),
    compileLimits: compiled ? presentLimits(compile, language.compileFactors) : null,
  })

/** `GET /api/languages`: what this installation speaks now, and within which limits. */
export const getLanguages =
  (catalogue: LanguageCatalogue, limits: LimitPolicy): RequestHandler =>
  (request, response) => {
    const query = decodeQuery({ ...request.query })
    if (isLeft(query)) return sendProblem(response, unprocessable(query.left))
    response.set('Cache-Control', 'no-store').json({ languages: catalogue.all().map(presentLanguage(limits)) })
  }
