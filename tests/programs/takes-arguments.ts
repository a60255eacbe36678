import type { LanguageDefinition } from '@runledger/sandbox/languages/language-definition.ts'
import type { Program } from './program.ts'

/** Of every language, the program its own self-test shows arguments with. */
export const takesArguments = (definitions: ReadonlyArray<LanguageDefinition>): ReadonlyArray<Program> =>
  definitions.flatMap(({ name, selfTest }) =>
    selfTest
      .filter(({ args, files }) => args.length > 0 && files.length === 0)
      .map(({ code, args, stdout }) => ({
        lang: name,
        kind: 'takesArguments',
        code,
        args,
        expect: { outcomes: ['success'], exitCode: 0, ...(stdout === null ? {} : { stdOutput: stdout }) },
      })),
  )
