import type { Entry, EntryStore } from './entry-store.ts'

/** No single entry pushes out all others. */
const largestShare = 1 / 2

type Options = Readonly<{
  /** Of all entries together. */
  bytes: number
  /** Counted from when an entry was put there; using it makes it no younger. */
  longestStayMs: number
}>

type Held = Readonly<{ entry: Entry; leaves: NodeJS.Timeout }>

/** Entries in this process's memory; those used longest ago make room for new ones. */
export const createMemoryEntryStore = ({ bytes, longestStayMs }: Options): EntryStore => {
  // A map keeps the order in which its keys were set: what was used last comes last.
  const held = new Map<string, Held>()
  const largestEntry = Math.floor(bytes * largestShare)
  let size = 0

  const remove = (place: string): void => {
    const { entry, leaves } = held.get(place) ?? {}
    clearTimeout(leaves)
    held.delete(place)
    size -= entry?.bytes.length ?? 0
  }

  return {
    get: place => {
      const found = held.get(place)
      if (found === undefined) return null
      held.delete(place)
      held.set(place, found)
      return found.entry
    },
    put: (place, entry) => {
      remove(place)
      if (entry.bytes.length > largestEntry) return
      const leaves = setTimeout(() => remove(place), longestStayMs).unref()
      held.set(place, { entry, leaves })
      size += entry.bytes.length
      for (const oldest of held.keys()) if (size > bytes) remove(oldest)
    },
    remove,
    clear: () => {
      for (const place of held.keys()) remove(place)
    },
  }
}
