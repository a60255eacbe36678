/** Digest of the image that a language of a running system has. */
export const imageOf = async (origin: string, language: string): Promise<string> => {
  const { languages } = (await (await fetch(`${origin}/api/languages`)).json()) as {
    languages: ReadonlyArray<{ name: string; image: string | null }>
  }
  const image = languages.find(({ name }) => name === language)?.image
  if (typeof image !== 'string') throw new Error(`${language} is not ready`)
  return image
}
