import type { Db, Document } from 'mongodb'
import { mongoTrouble } from '../../mongo/mongo-trouble.ts'
import { sendWrites, type Writes } from '../../mongo/send-writes.ts'

/** `text`: how many characters of it matter for the size of a command. */
export type Statement = Readonly<{ statement: Document; text: number }>

const mostAtOnce = 10_000

// However many bytes its characters take, one command holds as much text: it may have 16 MiB.
const mostText = 4 * 1024 * 1024

const inCommands = (statements: ReadonlyArray<Statement>): ReadonlyArray<ReadonlyArray<Document>> => {
  const commands: Array<Array<Document>> = []
  let room = 0
  for (const { statement, text } of statements) {
    const last = commands.at(-1)
    const fits = last !== undefined && last.length < mostAtOnce && text <= room
    if (fits) last.push(statement)
    else commands.push([statement])
    room = (fits ? room : mostText) - text
  }
  return commands
}

/** Does all the writes it can and answers the indexes of those that met an id that was there. */
export const writeUnordered = async (
  db: Db,
  { statements: all, ...to }: Omit<Writes, 'statements'> & Readonly<{ statements: ReadonlyArray<Statement> }>,
): Promise<ReadonlyArray<number>> => {
  const met: Array<number> = []
  let before = 0
  for (const statements of inCommands(all)) {
    const { refused } = await sendWrites(db, { ...to, statements })
    for (const [index, refusal] of refused) {
      if (mongoTrouble(refusal) !== 'duplicate') throw refusal
      met.push(before + index)
    }
    before += statements.length
  }
  return met
}
