/** Padded, of the standard alphabet, without white space: the one text that these bytes have. */
export const isBase64 = (text: string): boolean => Buffer.from(text, 'base64').toString('base64') === text
