import { mongoTrouble } from '../../mongo/mongo-trouble.ts'

/** Upserts that meet at one id: the one that comes second finds the document there. */
export const upserted = async (upsert: () => Promise<unknown>): Promise<void> => {
  try {
    await upsert()
  } catch (thrown) {
    if (mongoTrouble(thrown) !== 'duplicate') throw thrown
    await upsert()
  }
}
