import type { Context, ContextEntry } from 'io-ts'

/** The path of a context as people write it: `files[0].name`. Empty for the whole value. */
export const fieldPath = (context: Context): string =>
  context.reduce((path, { key }, index) => path + segment(key, context[index - 1]), '').replace(/^\./, '')

const segment = (key: string, parent: ContextEntry | undefined): string => {
  switch (parent === undefined ? 'root' : tagOf(parent)) {
    case 'root':
    // Members of unions and intersections stand in a context under an index of their own: those are no fields.
    case 'UnionType':
    case 'IntersectionType':
      return ''
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return `[${key}]`
    default:
      return `.${key}`
  }
}

/** The tag of the innermost codec: refinements and exactness wrap it without a context of their own. */
const tagOf = ({ type }: ContextEntry): string => innermost(type)

const innermost = (codec: unknown): string => {
  const { _tag, type } = codec as { _tag?: string; type?: unknown }
  return (_tag === 'RefinementType' || _tag === 'ExactType' || _tag === 'ReadonlyType') && type !== undefined
    ? innermost(type)
    : (_tag ?? '')
}
