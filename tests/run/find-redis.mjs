import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

// Debian's redis-tools has the server too: as its checking tool, which is the same program under another name.
const names = ['redis-server', 'valkey-server', 'redis-check-rdb']

/** @param {string} file */
const isExecutable = file => {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The Redis server program of this machine; it must be run under the name `redis-server`.
 * @returns {string | null}
 */
export const findRedis = () => {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = names.flatMap(name => folders.map(folder => join(folder, name)))
  return candidates.find(isExecutable) ?? null
}
