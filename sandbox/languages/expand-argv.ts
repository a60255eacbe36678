/**
 * What an argv is expanded for: names of the files sent, which of them starts, the program's own arguments, options of
 * its compiler.
 */
export type ArgvProgram = Readonly<{
  entry: string
  files: ReadonlyArray<string>
  args: ReadonlyArray<string>
  options: ReadonlyArray<string>
  sourceSuffixes: ReadonlyArray<string>
}>

/**
 * Fills in the placeholders of a language's argv, each entry on its own, never through a shell:
 * `{entry}` and `{stem}` (the entry without its suffix) anywhere in an entry; `{sources}` (the entry, then every other
 * file with a source suffix), `{args}` and `{options}` as entries of their own. What is filled in is not looked at again.
 */
export const expandArgv = (argv: ReadonlyArray<string>, program: ArgvProgram): ReadonlyArray<string> =>
  argv.flatMap(word => expandWord(word, program))

const expandWord = (word: string, program: ArgvProgram): ReadonlyArray<string> => {
  if (word === '{args}') return program.args
  if (word === '{options}') return program.options
  if (word === '{sources}') return sources(program).map(asOperand)
  const entry = asOperand(program.entry)
  return [word.replace(/\{(entry|stem)\}/g, (_, name) => (name === 'stem' ? withoutSuffix(entry) : entry))]
}

const sources = ({ entry, files, sourceSuffixes }: ArgvProgram): ReadonlyArray<string> => [
  entry,
  ...files.filter(file => file !== entry && sourceSuffixes.some(suffix => file.endsWith(suffix))),
]

/** Compilers read `-x` as an option and `@x` as a file of options: such a name is given with its folder. */
const asOperand = (file: string): string => (/^[A-Za-z0-9_]/.test(file) ? file : `./${file}`)

const withoutSuffix = (file: string): string => file.replace(/(?<=[^/])\.[^./]*$/, '')
