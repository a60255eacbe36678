import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import type { Limits } from '@runledger/shared-kernel/types/limits.ts'
import { text, textThat } from '@runledger/shared-kernel/types/text.ts'
import * as t from 'io-ts'
import { fileName } from './file-name.ts'
import { integerUpTo } from './integer-up-to.ts'
import { listUpTo } from './list-up-to.ts'

const mostFiles = 256
const mostArguments = 256
const mostCompileArguments = 32

const encoding = t.keyof({ utf8: null, base64: null }, 'utf8 or base64')

const argument = textThat('a string', value => (value.includes('\0') ? 'must not contain NUL' : null))

const file = t.intersection(
  [t.strict({ name: fileName, content: text }), t.exact(t.partial({ encoding }))],
  'an object with name and content',
)

const limitsUpTo = (maxima: Limits) =>
  t.exact(
    t.partial({
      cpuTimeMs: integerUpTo(maxima.cpuTimeMs),
      wallTimeMs: integerUpTo(maxima.wallTimeMs),
      memoryBytes: integerUpTo(maxima.memoryBytes),
      processes: integerUpTo(maxima.processes),
      outputBytes: integerUpTo(maxima.outputBytes),
      fileBytes: integerUpTo(maxima.fileBytes),
      tmpfsBytes: integerUpTo(maxima.tmpfsBytes),
      stackBytes: integerUpTo(maxima.stackBytes),
    }),
    'an object of limits',
  )

/** What `POST /api/submit` takes, by itself: what its members say of each other is checked afterwards. */
export const submitBody = ({ run, compile }: LimitPolicy) =>
  t.intersection(
    [
      t.strict({ lang: text }),
      t.exact(
        t.partial({
          code: text,
          files: listUpTo(mostFiles, file, 'a list of files'),
          entry: fileName,
          stdInput: text,
          stdInputEncoding: encoding,
          args: listUpTo(mostArguments, argument, 'a list of strings'),
          compileArgs: listUpTo(mostCompileArguments, text, 'a list of strings'),
          limits: limitsUpTo(run.maxima),
          compileLimits: limitsUpTo(compile.maxima),
        }),
      ),
    ],
    'a JSON object',
  )

export type SubmitBody = t.TypeOf<ReturnType<typeof submitBody>>
