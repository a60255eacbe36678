/** What processes answer at `/metrics`, one behind the other. */
export const exposedBy = async (urls: ReadonlyArray<string>): Promise<string> => {
  const exposed = urls.map(async url => {
    const response = await fetch(`${url}/metrics`)
    const text = await response.text()
    if (response.status !== 200) throw new Error(`${url}/metrics answered ${response.status}: ${text}`)
    return text
  })
  return (await Promise.all(exposed)).join('')
}
