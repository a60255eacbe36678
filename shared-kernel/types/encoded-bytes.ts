import * as t from 'io-ts'

export const encoding = t.keyof({ utf8: null, base64: null }, 'Encoding')

/** Bytes as text: `utf8` where they are well-formed UTF-8, else `base64`. */
export const encodedBytes = t.strict({ content: t.string, encoding }, 'EncodedBytes')
export type EncodedBytes = t.TypeOf<typeof encodedBytes>

export const decodeBytes = ({ content, encoding }: EncodedBytes): Buffer => Buffer.from(content, encoding)
