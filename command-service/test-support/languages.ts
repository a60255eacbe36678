import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'

const language = (name: string, differences: Partial<Language> = {}): Language => ({
  name,
  aliases: [],
  fileName: `main.${name}`,
  compiled: false,
  runFactors: {},
  compileFactors: {},
  state: 'ready',
  version: '1.0',
  image: 'sha256:0',
  ...differences,
})

const languages = [
  language('python', { aliases: ['py'], fileName: 'main.py' }),
  language('java', {
    fileName: 'Main.java',
    compiled: true,
    compileOptions: ['-g', '-Xlint'],
    runFactors: { cpuTimeMs: 1.5, memoryBytes: 100 },
  }),
  language('go', { state: 'building', version: null, image: null }),
  language('bash', { state: 'failed', version: null, image: null }),
]

/** A catalogue with a language in every state. */
export const someLanguages: LanguageCatalogue = {
  all: () => languages,
  find: name => languages.find(language => [language.name, ...language.aliases].includes(name.toLowerCase())) ?? null,
}
