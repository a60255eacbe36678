import * as t from 'io-ts'

type Predicate = (value: unknown) => boolean
type Props = Readonly<Record<string, t.Mixed>>
type Members = Readonly<Record<string, unknown>>

const never: Predicate = () => false

const isText: Predicate = value => typeof value === 'string'

const equalTo =
  (wanted: unknown): Predicate =>
  value =>
    value === wanted

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object's members, each with its codec: those it must have, and those it may have. */
type Shape = Readonly<{ required: Props; optional: Props }>

/** `weight`: what it adds to the number of those that must be there. */
type Member = Readonly<{ check: Predicate; weight: 0 | 1 }>

const membersOf = (props: Props, weight: Member['weight']): ReadonlyArray<readonly [string, Member]> =>
  Object.entries(props).map(([name, codec]) => [name, { check: exactly(codec), weight }])

const members = ({ required, optional }: Shape): Predicate => {
  const known = new Map([...membersOf(required, 1), ...membersOf(optional, 0)])
  const wanted = Object.keys(required).length
  return value => {
    if (!isRecord(value)) return false
    let found = 0
    for (const name in value) {
      const member = known.get(name)
      if (!member?.check(value[name])) return false
      found += member.weight
    }
    return found === wanted
  }
}

const elements = (codec: t.Mixed): Predicate => {
  const check = exactly(codec)
  return value => {
    if (!Array.isArray(value)) return false
    for (const element of value) if (!check(element)) return false
    return true
  }
}

const entries = (codec: t.Mixed): Predicate => {
  const check = exactly(codec)
  return value => {
    if (!t.UnknownRecord.is(value)) return false
    for (const name in value) if (!check(value[name])) return false
    return true
  }
}

const oneOf = (codecs: ReadonlyArray<t.Mixed>): Predicate => {
  const checks = codecs.map(exactly)
  return value => {
    for (const check of checks) if (check(value)) return true
    return false
  }
}

const refined = (codec: t.RefinementC<t.Mixed>): Predicate => {
  const check = exactly(codec.type)
  return value => check(value) && codec.predicate(value)
}

const plain: ReadonlyArray<t.Mixed> = [t.string, t.number, t.boolean, t.null, t.unknown, t.Int]

const merged = (shapes: ReadonlyArray<Shape | null>): Shape | null => {
  let [required, optional]: [Props, Props] = [{}, {}]
  for (const shape of shapes) {
    if (shape === null) return null
    required = { ...required, ...shape.required }
    optional = { ...optional, ...shape.optional }
  }
  const named = shapes.flatMap(shape => Object.keys({ ...shape?.required, ...shape?.optional }))
  // Where two of them speak of one member, both would have to be asked.
  return new Set(named).size === named.length ? { required, optional } : null
}

// Of an object of known members, or of several merged into one; null for any other codec.
const shapeOf = (codec: t.Mixed): Shape | null => {
  if (codec instanceof t.IntersectionType) return merged((codec.types as ReadonlyArray<t.Mixed>).map(shapeOf))
  if (!(codec instanceof t.ExactType)) return null
  if (codec.type instanceof t.InterfaceType) return { required: codec.type.props as Props, optional: {} }
  if (codec.type instanceof t.PartialType) return { required: {}, optional: codec.type.props as Props }
  return null
}

/**
 * A check much faster than to decode: true only where the codec would accept the value and leave it as it is. False says
 * nothing: the value may have members to strip, or the codec be of a kind not known here. Then decode.
 */
export const exactly = (codec: t.Mixed): Predicate => {
  if (codec === t.string) return isText
  if (codec instanceof t.LiteralType) return equalTo(codec.value)
  if (plain.includes(codec) || codec instanceof t.KeyofType) return codec.is
  const shape = shapeOf(codec)
  if (shape !== null) return members(shape)
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) return elements(codec.type)
  if (codec instanceof t.DictionaryType && codec.domain === t.string) return entries(codec.codomain)
  if (codec instanceof t.UnionType) return oneOf(codec.types)
  return codec instanceof t.RefinementType ? refined(codec) : never
}
