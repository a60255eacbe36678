import type { StatementSync } from 'node:sqlite'
import type { Document, Write } from '../read-model-store.ts'
import { type CollectionStatements, rowsTogether } from './collection-statements.ts'

type Put = Extract<Write, { kind: 'put' }>

const valuesOf = ({ id, version, body }: Document): [string, number, string] => [id, version, JSON.stringify(body)]

const runTogether = (many: StatementSync, one: StatementSync, documents: ReadonlyArray<Document>): void => {
  const whole = documents.length - (documents.length % rowsTogether)
  for (let first = 0; first < whole; first += rowsTogether)
    many.run(...documents.slice(first, first + rowsTogether).flatMap(valuesOf))
  for (const document of documents.slice(whole)) one.run(...valuesOf(document))
}

// What is new goes before what replaces: of one document that is the order of versions, in which they are given.
const writeNew = (statements: CollectionStatements, writes: ReadonlyArray<Write>): void => {
  const rows: Array<Document> = []
  const created: Array<Document> = []
  const replacing: Array<Put> = []
  for (const write of writes) {
    if (write.kind === 'insert') rows.push(write.document)
    else if (write.kind === 'put' && write.expected === 0) created.push(write.document)
    else if (write.kind === 'put') replacing.push(write)
  }
  runTogether(statements.insertMany, statements.insert, rows)
  runTogether(statements.createMany, statements.create, created)
  for (const { document, expected } of replacing) statements.replace.run(...valuesOf(document), expected)
}

/** Writes of one collection, in an order that comes to the same as the one they are given in. */
export const writeTogether = (statements: CollectionStatements, writes: ReadonlyArray<Write>): void => {
  let together: Array<Write> = []
  for (const write of writes) {
    if (write.kind !== 'delete') {
      together.push(write)
      continue
    }
    writeNew(statements, together)
    statements.remove.run(write.id, write.expected)
    together = []
  }
  writeNew(statements, together)
}
