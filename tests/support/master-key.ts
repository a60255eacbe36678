/** Wraps the data keys of every system of the tests that is given one. */
export const masterKey = '0123456789abcdef'.repeat(4)
