import { type Db, ReadConcern } from './driver.ts'

/**
 * The database read so that a failover takes nothing back that was seen: with majority where there are replicas, locally
 * on a server that stands alone. Rejects where no server answers.
 */
export const majorityWhereReplicated = async (db: Db): Promise<Db> => {
  const { setName, msg } = await db.command({ hello: 1 })
  const isReplicated = setName !== undefined || msg === 'isdbgrid'
  return isReplicated ? db.client.db(db.databaseName, { readConcern: new ReadConcern('majority') }) : db
}
