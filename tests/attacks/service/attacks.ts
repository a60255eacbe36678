import { attack, type Step } from '../attack.ts'
import { ends, refused, success } from '../steps.ts'
import { programsIn } from '../submission.ts'
import { shellWords } from './shell-words.ts'

const program = programsIn(import.meta.dirname)

const limits = [
  ...['cpuTimeMs', 'wallTimeMs', 'memoryBytes', 'processes', 'outputBytes', 'fileBytes', 'tmpfsBytes', 'stackBytes'],
]
// `null` is how JSON writes NaN and infinity.
const values = [0, -1, 0.5, null, 2 ** 53, 1e308, '', '5', '5; rm', '0x10', 'NaN', true, [], [5], { valueOf: 5 }]

const code = 'print("reached")'

const limitedBy = (phase: 'limits' | 'compileLimits'): ReadonlyArray<Step> =>
  limits.flatMap(name => values.map(value => refused(422, { lang: 'python', code, [phase]: { [name]: value } })))

const unparsed =
  (limit: string): Step =>
  async ({ url }) => {
    const body = `{"lang":"python","code":"1","limits":{"cpuTimeMs":${limit}}}`
    const response = await fetch(`${url}/api/submit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    if (![400, 422].includes(response.status)) throw new Error(`${limit} was answered with ${response.status}`)
  }

export const serviceAttacks = [
  attack(
    'A55',
    'limits that are no limits',
    ...limitedBy('limits'),
    ...limitedBy('compileLimits'),
    ...['NaN', '-Infinity', '1e309', '-0', '0x10', '1_000'].map(unparsed),
    ...[null, [], 'none', 5].map(all => refused(422, { lang: 'python', code, limits: all })),
  ),
  attack(
    'A56',
    'what a shell would act on',
    ends(program('shows-arguments.py', { args: shellWords }), { ...success, stdOutput: JSON.stringify(shellWords) }),
    ...['$(id)', ';id', '|id', '`id`', '\n', '--help'].map(lang => refused(422, { lang, code })),
    ...shellWords.slice(0, 6).map(option => refused(422, { lang: 'c', code: 'int main(){}', compileArgs: [option] })),
  ),
]
