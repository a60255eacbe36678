// A command document begins with its name: type (string), name, NUL.
const insertCommand = Buffer.from('\x02insert\0')

/** True for a message of MongoDB's protocol that inserts. */
export const isInsert = (message: Buffer): boolean => message.includes(insertCommand)
