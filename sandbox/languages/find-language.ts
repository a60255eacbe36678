import type { LanguageDefinition } from './language-definition.ts'

/** By name or alias, in any case; null where nobody knows it. */
export const findLanguage = <Definition extends Pick<LanguageDefinition, 'name' | 'aliases'>>(
  definitions: ReadonlyArray<Definition>,
  nameOrAlias: string,
): Definition | null => {
  const word = nameOrAlias.toLowerCase()
  return definitions.find(({ name, aliases }) => name === word || aliases.includes(word)) ?? null
}
