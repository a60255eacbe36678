import type { LanguageImages, LanguageStatus } from '@runledger/sandbox/images/language-images.ts'
import { findLanguage } from '@runledger/sandbox/languages/find-language.ts'
import type { Language } from '@runledger/shared-kernel/languages/language.ts'
import type { LanguageCatalogue } from '@runledger/shared-kernel/languages/language-catalogue.ts'

const languageOf = ({ definition, state, version, digest }: LanguageStatus): Language => ({
  name: definition.name,
  aliases: definition.aliases,
  fileName: definition.fileName,
  compiled: definition.compile !== null,
  compileOptions: definition.compile?.options ?? [],
  runFactors: definition.runFactors,
  compileFactors: definition.compileFactors,
  state,
  version,
  image: digest,
})

/** What the services need to know of the languages, read from their images as they stand. */
export const imageCatalogue = (images: Pick<LanguageImages, 'statuses'>): LanguageCatalogue => {
  const all = () => images.statuses().map(languageOf)
  return { all, find: nameOrAlias => findLanguage(all(), nameOrAlias) }
}
