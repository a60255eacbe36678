import * as t from 'io-ts'

/** A list whose length is checked before any of its items: refusing a million of them must not cost a look at each. */
export const listUpTo = <Item extends t.Mixed>(most: number, item: Item, name: string): t.ReadonlyArrayC<Item> => {
  const list = t.readonlyArray(item, name)
  const validate: typeof list.validate = (value, context) =>
    Array.isArray(value) && value.length > most
      ? t.failure(value, context, `must be at most ${most}`)
      : list.validate(value, context)
  return new t.ReadonlyArrayType(name, list.is, validate, list.encode, item)
}
