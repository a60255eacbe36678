import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import { type Problem, unprocessable } from '@runledger/shared-kernel/http/problem.ts'
import { effectiveLimits } from '@runledger/shared-kernel/languages/effective-limits.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { outputsOf } from './output-members.ts'
import type { SubmitBody } from './submit-body.ts'
import { testPlanOf } from './test-plan-of.ts'

type Submission = SubmissionReceived['data']

/** The submission a body asks for, in the terms of its language and of this installation. Content stays as it was sent. */
export const submissionOf = (
  body: SubmitBody,
  language: Language,
  policy: LimitPolicy,
): E.Either<Problem, Submission> => {
  const files = filesOf(body, language)
  const tests = testPlanOf(body, { policy: policy.run, language })
  return pipe(
    E.Do,
    E.apS('entry', entryOf(body, files, language)),
    E.apS('compileArgs', compileArgsOf(body, language)),
    E.map(({ entry, compileArgs }) => ({
      language: language.name,
      requestedLanguage: body.lang,
      form: body.files === undefined ? 'code' : 'files',
      files,
      entry,
      stdin: { content: body.stdInput ?? '', encoding: body.stdInputEncoding ?? 'utf8' },
      args: body.args ?? [],
      limits: effectiveLimits(policy.run, language.runFactors, body.limits ?? {}),
      compileLimits: effectiveLimits(policy.compile, language.compileFactors, body.compileLimits ?? {}),
      replayOf: null,
      ...(compileArgs.length === 0 ? {} : { compileArgs }),
      ...(tests === null ? {} : { tests }),
      ...outputsOf(body, policy.outputs),
    })),
  )
}

const filesOf = ({ code, files }: SubmitBody, { fileName }: Language): Submission['files'] =>
  files === undefined
    ? [{ name: fileName, content: code ?? '', encoding: 'utf8' }]
    : files.map(({ name, content, encoding = 'utf8' }) => ({ name, content, encoding }))

/** The file that was named, else the one called as the language calls its own, else the only one. */
const entryOf = (body: SubmitBody, files: Submission['files'], language: Language): E.Either<Problem, string> => {
  const names = files.map(({ name }) => name)
  const usual = names.find(name => name === language.fileName) ?? (names.length === 1 ? names[0] : undefined)
  const entry = body.entry ?? usual
  if (entry === undefined) return E.left(badEntry(`is required: there is no ${language.fileName} to start from`))
  return names.includes(entry) ? E.right(entry) : E.left(badEntry('must name one of the files'))
}

/** Each must be an option its language allows, to the letter. */
const compileArgsOf = (
  { compileArgs = [] }: SubmitBody,
  { name, compileOptions = [] }: Language,
): E.Either<Problem, ReadonlyArray<string>> => {
  const allowed = compileOptions.length === 0 ? 'it allows none' : `it allows ${compileOptions.join(' ')}`
  const errors = compileArgs.flatMap((option, index) =>
    compileOptions.includes(option)
      ? []
      : [{ field: `compileArgs[${index}]`, message: `${option} is no option that ${name} allows: ${allowed}` }],
  )
  return errors.length === 0 ? E.right(compileArgs) : E.left(unprocessable(errors))
}

const badEntry = (message: string): Problem => unprocessable([{ field: 'entry', message }])
