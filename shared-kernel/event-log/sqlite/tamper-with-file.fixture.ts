import { DatabaseSync } from 'node:sqlite'
import { schema } from './schema.ts'

const guards = Object.entries(schema).filter(([, definition]) => definition.startsWith('CREATE TRIGGER'))

/** Changes what is stored behind the log's back, and puts back what guards it. */
export const tamperWithFile = (file: string, sql: string, ...values: ReadonlyArray<string | number>): void => {
  const db = new DatabaseSync(file, { timeout: 5000 })
  for (const [name] of guards) db.exec(`DROP TRIGGER ${name}`)
  db.prepare(sql).run(...values)
  for (const [, definition] of guards) db.exec(definition)
  db.close()
}
