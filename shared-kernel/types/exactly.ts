import * as t from 'io-ts'

type Predicate = (value: unknown) => boolean
type Props = Readonly<Record<string, t.Mixed>>
type Members = Readonly<Record<string, unknown>>

const never: Predicate = () => false

const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const members = (props: Props): Predicate => {
  const checks = Object.entries(props).map(([name, codec]): readonly [string, Predicate] => [name, exactly(codec)])
  return value => {
    if (!isRecord(value)) return false
    for (const [name, check] of checks) if (!(name in value && check(value[name]))) return false
    let count = 0
    for (const _name in value) count += 1
    return count === checks.length
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

// Of an object of known members, or of several merged into one; null for any other codec.
const propsOf = (codec: t.Mixed): Props | null => {
  if (codec instanceof t.ExactType && codec.type instanceof t.InterfaceType) return codec.type.props as Props
  if (!(codec instanceof t.IntersectionType)) return null
  const parts = (codec.types as ReadonlyArray<t.Mixed>).map(propsOf)
  return parts.includes(null) ? null : Object.assign({}, ...parts)
}

/**
 * A check much faster than to decode: true only where the codec would accept the value and leave it as it is. False says
 * nothing: the value may have members to strip, or the codec be of a kind not known here. Then decode.
 */
export const exactly = (codec: t.Mixed): Predicate => {
  if (plain.includes(codec) || codec instanceof t.LiteralType || codec instanceof t.KeyofType) return codec.is
  const props = propsOf(codec)
  if (props !== null) return members(props)
  if (codec instanceof t.ReadonlyArrayType || codec instanceof t.ArrayType) return elements(codec.type)
  if (codec instanceof t.UnionType) return oneOf(codec.types)
  return codec instanceof t.RefinementType ? refined(codec) : never
}
