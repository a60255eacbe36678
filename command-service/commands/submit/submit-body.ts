import type { LimitPolicy } from '@runledger/shared-kernel/config/limit-policy.ts'
import { text } from '@runledger/shared-kernel/types/text.ts'
import * as t from 'io-ts'
import { argumentList } from './argument.ts'
import { fileName } from './file-name.ts'
import { limitsUpTo } from './limits-up-to.ts'
import { listUpTo } from './list-up-to.ts'
import { outputMembers } from './output-members.ts'
import { judgingMembers } from './tests-body.ts'

const mostFiles = 256
const mostCompileArguments = 32

const encoding = t.keyof({ utf8: null, base64: null }, 'utf8 or base64')

const file = t.intersection(
  [t.strict({ name: fileName, content: text }), t.exact(t.partial({ encoding }))],
  'an object with name and content',
)

/** What `POST /api/submit` takes, by itself: what its members say of each other is checked afterwards. */
export const submitBody = ({ run, compile, outputs }: LimitPolicy) =>
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
          args: argumentList,
          compileArgs: listUpTo(mostCompileArguments, text, 'a list of strings'),
          limits: limitsUpTo(run.maxima),
          compileLimits: limitsUpTo(compile.maxima),
          ...judgingMembers(run.maxima),
          ...outputMembers(outputs),
        }),
      ),
    ],
    'a JSON object',
  )

export type SubmitBody = t.TypeOf<ReturnType<typeof submitBody>>
