/** What tells how an event's data is to be read. */
export type Versioned = Readonly<{ type: string; schema: number }>

export const schemaName = ({ type, schema }: Versioned): string => `${type}@${schema}`
