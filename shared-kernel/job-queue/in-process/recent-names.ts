/** Remembers the last `capacity` names: what it forgets, the log still knows. */
export const recentNames = (capacity: number) => {
  const names = new Set<string>()

  const remember = (name: string): void => {
    names.delete(name)
    names.add(name)
    const [oldest] = names
    if (names.size > capacity && oldest !== undefined) names.delete(oldest)
  }

  return { remember, has: (name: string): boolean => names.has(name) }
}
