import type * as t from 'io-ts'

/** What io-ts keeps in its codecs, as far as the shape of members goes. */
type Shape = Readonly<{
  _tag?: string
  type?: Shape
  types?: ReadonlyArray<Shape>
  props?: Readonly<Record<string, Shape>>
}>

type Members = Readonly<Record<string, Shape>>

/** Paths of all members of a value, at every depth, that its codec does not know. Arrays and objects a codec is silent on are its own affair. */
export const unknownMembers = (codec: t.Mixed, value: unknown): ReadonlyArray<string> =>
  unknownIn(codec as unknown as Shape, value, '')

const unknownIn = (shape: Shape, value: unknown, path: string): ReadonlyArray<string> => {
  if (value === null || typeof value !== 'object') return []
  if (Array.isArray(value)) return unknownInArray(shape, value, path)
  const known = membersOf(shape)
  return known === null ? [] : unknownInObject(known, value as Readonly<Record<string, unknown>>, path)
}

const unknownInArray = (shape: Shape, values: ReadonlyArray<unknown>, path: string): ReadonlyArray<string> => {
  const member = elementOf(shape)
  return member === null ? [] : values.flatMap((value, index) => unknownIn(member, value, `${path}[${index}]`))
}

const unknownInObject = (
  known: Members,
  value: Readonly<Record<string, unknown>>,
  path: string,
): ReadonlyArray<string> =>
  Object.keys(value).flatMap(key => {
    const shape = Object.hasOwn(known, key) ? known[key] : undefined
    const field = path === '' ? key : `${path}.${key}`
    return shape === undefined ? [field] : unknownIn(shape, value[key], field)
  })

const wrapping = new Set(['RefinementType', 'ExactType', 'ReadonlyType'])

const elementOf = (shape: Shape): Shape | null => {
  if (shape._tag === 'ArrayType' || shape._tag === 'ReadonlyArrayType') return shape.type ?? null
  return wrapping.has(shape._tag ?? '') && shape.type !== undefined ? elementOf(shape.type) : null
}

const membersOf = (shape: Shape): Members | null => {
  if (shape.props !== undefined) return shape.props
  if (shape._tag === 'IntersectionType') return Object.assign({}, ...(shape.types ?? []).map(membersOf))
  return wrapping.has(shape._tag ?? '') && shape.type !== undefined ? membersOf(shape.type) : null
}
