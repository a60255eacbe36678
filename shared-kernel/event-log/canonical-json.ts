const refuse = (what: string): never => {
  throw new TypeError(`not canonical JSON data: ${what}`)
}

const canonicalString = (value: string): string =>
  value.isWellFormed() ? JSON.stringify(value) : refuse('a string with a lone surrogate')

const isPlainDecimal = (value: number): boolean => Number.isFinite(value) && !String(value).includes('e')

const canonicalNumber = (value: number): string => {
  if (Object.is(value, -0)) return refuse('-0')
  const isExact = Number.isInteger(value) ? Number.isSafeInteger(value) : isPlainDecimal(value)
  return isExact ? String(value) : refuse(`the number ${value}`)
}

// An indexed loop: `map` would step over holes, and a hole must be refused.
const canonicalArray = (values: ReadonlyArray<unknown>): string => {
  let text = ''
  for (let i = 0; i < values.length; i++) text += i === 0 ? canonicalJson(values[i]) : `,${canonicalJson(values[i])}`
  return `[${text}]`
}

const isPlain = (value: object): value is Readonly<Record<string, unknown>> => {
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

// Joined by hand: an object built in sorted order would still list its integer-like keys first.
const canonicalObject = (value: object): string => {
  if (!isPlain(value)) return refuse(`an instance of ${value.constructor.name}`)
  let text = ''
  for (const key of Object.keys(value).sort()) {
    text += `${text === '' ? '' : ','}${canonicalString(key)}:${canonicalJson(value[key])}`
  }
  return `{${text}}`
}

/**
 * The one JSON text of plain data, as RFC 8785 writes it: members sorted by UTF-16 code units, no white space.
 * What would not come back as it went in is a defect and throws: undefined, holes, lone surrogates, -0, numbers that are
 * neither safe integers nor plain decimals, anything but plain objects and arrays.
 */
export const canonicalJson = (value: unknown): string => {
  switch (typeof value) {
    case 'string':
      return canonicalString(value)
    case 'number':
      return canonicalNumber(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      return Array.isArray(value) ? canonicalArray(value) : canonicalObject(value)
    default:
      return refuse(`a value of type ${typeof value}`)
  }
}
