import type { Db, Document, MongoServerError } from 'mongodb'
import { inGroups } from '../timing/in-groups.ts'
import { linger } from './linger.ts'
import { mongoTrouble } from './mongo-trouble.ts'
import { sendWrites } from './send-writes.ts'

type Queued = Readonly<{
  document: Document
  resolve: () => void
  reject: (thrown: unknown) => void
}>

const mostAtOnce = 100

// However many bytes its characters take, one command holds as much text: it may have 16 MiB.
const mostText = 4 * 1024 * 1024

const textIn = ({ document }: Queued): number =>
  Object.values(document).reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 0), 0)

// Unless all that went wrong is duplicates, nothing is known of any.
const answerEach = (group: ReadonlyArray<Queued>, refused: ReadonlyMap<number, MongoServerError>): void => {
  const worse = [...refused.values()].find(each => mongoTrouble(each) !== 'duplicate')
  for (const [index, { resolve, reject }] of group.entries()) {
    const refusal = worse ?? refused.get(index)
    if (refusal === undefined) resolve()
    else reject(refusal)
  }
}

/**
 * Inserts documents, each whole and on its own terms, side by side: what comes within a turn, or while an insert is under
 * way, goes together with the next, which the server makes durable at once. Rejects with what one insert would be refused
 * with.
 */
export const groupedInserts = <Stored extends Readonly<{ _id: string }>>(
  db: Db,
  collection: string,
): ((document: Stored) => Promise<void>) => {
  const insertFor = async (group: ReadonlyArray<Queued>): Promise<void> => {
    try {
      const statements = group.map(({ document }) => document)
      const { refused } = await sendWrites(db, { command: 'insert', collection, statements })
      answerEach(group, refused)
    } catch (thrown) {
      for (const { reject } of group) reject(thrown)
    }
  }

  const weight = { of: textIn, most: mostText }
  const insert = inGroups<Queued>({ most: mostAtOnce, weight, gather: linger, take: insertFor })
  return document => new Promise((resolve, reject) => insert({ document, resolve, reject }))
}
