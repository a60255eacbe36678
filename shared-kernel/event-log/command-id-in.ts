import { commandId } from '../types/ids.ts'

const parsed = (meta: string): unknown => {
  try {
    return JSON.parse(meta)
  } catch {
    return null
  }
}

/** The command a commit's `meta` text names; null where it names none. */
export const commandIdIn = (meta: string): string | null => {
  const value = parsed(meta)
  if (typeof value !== 'object' || value === null || !('commandId' in value)) return null
  return commandId.is(value.commandId) ? value.commandId : null
}
