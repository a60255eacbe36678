import { isLeft } from 'fp-ts/lib/Either.js'
import { announce } from '../setup/announce.mjs'
import { addLanguage } from './add-language.ts'
import { buildLanguages } from './build-languages.ts'
import { type Command, usage } from './command.ts'
import { listLanguages } from './list-languages.ts'
import { testLanguages } from './test-languages.ts'

const commands: ReadonlyMap<string, Command> = new Map([
  ['list', listLanguages],
  ['build', buildLanguages],
  ['test', testLanguages],
  ['add', addLanguage],
])

const [word = '', ...names] = process.argv.slice(2)
const ended = await (commands.get(word) ?? usage)(names)()

if (isLeft(ended)) {
  for (const problem of ended.left) announce(problem)
  process.exitCode = 1
}
