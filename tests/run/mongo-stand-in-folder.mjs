import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @param {string} root */
const sourceFolder = root => join(root, 'tests', 'support', 'mongo-stand-in')

/**
 * Where the stand-in for MongoDB is made from, and where what was made of exactly that lies: `classes` and `lib`.
 * @param {string} root
 */
export const mongoStandInFolder = root => {
  const source = sourceFolder(root)
  const hash = createHash('sha256')
  for (const file of readdirSync(source).sort()) hash.update(readFileSync(join(source, file)))
  const made = join(root, 'node_modules', '.cache', 'mongo-stand-in', hash.digest('hex').slice(0, 16))
  return { source, made }
}
