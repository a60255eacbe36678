const namePattern = /^[A-Za-z][A-Za-z0-9_]*$/

/** Throws on what would not be a name to the database: names come from code, never from a client. */
export const checkedName = (name: string): string => {
  if (!namePattern.test(name)) throw new Error(`not a name for a collection or member: ${name}`)
  return name
}
