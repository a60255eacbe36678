import * as t from 'io-ts'
import { closedRecord } from './closed-record.ts'
import { limitFactors } from './limit-factors.ts'
import { selfTestCase } from './self-test-case.ts'
import { withDefault } from './with-default.ts'

const matching = (pattern: RegExp, name: string) => t.refinement(t.string, text => pattern.test(text), name)

const argv = t.refinement(t.readonlyArray(t.string), words => words.length > 0, 'Argv')
const command = closedRecord({ argv }, 'Command')
const options = t.readonlyArray(matching(/^[-+]\S+$/, 'CompilerOption'))
const compileCommand = closedRecord({ argv, options: withDefault(options, []) }, 'CompileCommand')

/**
 * A language as its folder's `language.json` states it. Argv entries may hold the placeholders of `expandArgv`;
 * `sourceSuffixes` says which files `{sources}` means, `compile.options` which options a submission may put in the place
 * of `{options}`, `npmPackages` (`name@version`, `{arch}` for the image's
 * processor) what the builder lays into the build context under `npm/`. `sizedByLimits` is false where nothing that runs a
 * program looks at how much memory there is: it may begin while its container is still being given its limits.
 */
export const languageDefinition = closedRecord(
  {
    name: matching(/^[a-z][a-z0-9-]*$/, 'LanguageName'),
    aliases: t.readonlyArray(matching(/^[a-z][a-z0-9.+#-]*$/, 'Alias')),
    fileName: matching(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'FileName'),
    sourceSuffixes: withDefault(t.readonlyArray(matching(/^\.[A-Za-z0-9+]+$/, 'Suffix')), []),
    compile: t.union([compileCommand, t.null]),
    run: command,
    sizedByLimits: withDefault(t.boolean, true),
    env: t.readonly(t.record(t.string, t.string)),
    runFactors: limitFactors,
    compileFactors: limitFactors,
    versionArgv: argv,
    npmPackages: withDefault(
      t.readonlyArray(matching(/^(@[a-z0-9-]+\/)?[a-z0-9{}-]+@\d+\.\d+\.\d+$/, 'NpmPackage')),
      [],
    ),
    selfTest: t.readonlyArray(selfTestCase),
  },
  'LanguageDefinition',
)
export type LanguageDefinition = Readonly<t.TypeOf<typeof languageDefinition>>
