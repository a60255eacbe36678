import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Problems } from './command.ts'

const dockerfile = (name: string): string => `ARG BASE
FROM \${BASE}
RUN apt-get update && apt-get install -y ${name} && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*
`

const definition = (name: string) => ({
  name,
  aliases: [],
  fileName: `main.${name}`,
  compile: null,
  run: { argv: [name, '{entry}', '{args}'] },
  env: {},
  runFactors: {},
  compileFactors: {},
  versionArgv: [name, '--version'],
  selfTest: [
    { name: 'hello', code: ["print 'Hello, World!'"], stdout: 'Hello, World!\n' },
    { name: 'exit code', code: ['exit 3'], outcome: 'runtime_error', exitCode: 3 },
  ],
})

/** Makes a language's folder from a template and answers its path. Left where the name will not do or is taken. */
export const scaffoldLanguage = (languages: string, name: string): TE.TaskEither<Problems, string> => {
  const folder = join(languages, name)
  if (!/^[a-z][a-z0-9-]*$/.test(name))
    return TE.left([`${name}: a language is named in lower-case letters, digits and dashes`])
  return TE.tryCatch(
    async () => {
      await mkdir(folder)
      await writeFile(join(folder, 'Dockerfile'), dockerfile(name))
      await writeFile(join(folder, 'language.json'), `${JSON.stringify(definition(name), null, 2)}\n`)
      return folder
    },
    (cause): Problems => [
      `${name}: ${(cause as NodeJS.ErrnoException).code === 'EEXIST' ? 'is there already' : cause}`,
    ],
  )
}
