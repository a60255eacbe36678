import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as R from 'fp-ts/lib/Record.js'
import * as t from 'io-ts'
import type { Limits } from '../types/limits.ts'
import type { LimitPolicy, PhaseLimits } from './limit-policy.ts'
import { limitNames, limitSettings, limitVariables, type Phase } from './limit-settings.ts'
import { outputLimitsOf, outputSettings } from './output-settings.ts'
import { variableErrors, withStandard } from './variable.ts'

type Problems = ReadonlyArray<string>
type Values = Readonly<Record<string, number>>

const environment = t.type(pipe({ ...limitSettings, ...outputSettings }, R.map(withStandard)))

/** Defaults and maxima of every limit; no default may be above its maximum. */
export const readLimitPolicy = (env: Readonly<Record<string, string | undefined>>): E.Either<Problems, LimitPolicy> =>
  pipe(
    environment.decode({ ...env }),
    E.mapLeft(variableErrors),
    E.flatMap(values => {
      const problems = [...contradictions('run', values), ...contradictions('compile', values)]
      return problems.length > 0
        ? E.left(problems)
        : E.right({
            run: phaseLimits('run', values),
            compile: phaseLimits('compile', values),
            outputs: outputLimitsOf(values),
          })
    }),
  )

const contradictions = (phase: Phase, values: Values): Problems =>
  limitNames
    .map(limit => limitVariables(phase, limit))
    .filter(({ standard, maximum }) => valueAt(values, standard) > valueAt(values, maximum))
    .map(({ standard, maximum }) => `${standard} must be at most ${maximum}, which is ${valueAt(values, maximum)}`)

const phaseLimits = (phase: Phase, values: Values): PhaseLimits => {
  const each = (which: 'standard' | 'maximum') =>
    Object.fromEntries(limitNames.map(limit => [limit, valueAt(values, limitVariables(phase, limit)[which])])) as Limits
  return { defaults: each('standard'), maxima: each('maximum') }
}

const valueAt = (values: Values, name: string): number => values[name] as number
