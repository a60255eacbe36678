import { Module } from 'node:module'

/**
 * Has a CommonJS module that others will require loaded when one of these members of it is first asked for. Has no
 * effect where it was loaded before.
 */
export const loadWhenUsed = (from: NodeJS.Require, name: string, members: ReadonlyArray<string>): void => {
  const file = from.resolve(name)
  const standIn = new Module(file)
  const load = (): Record<string, unknown> => {
    if (from.cache[file] === standIn) delete from.cache[file]
    return from(file)
  }
  for (const member of members)
    Object.defineProperty(standIn.exports, member, { enumerable: true, get: () => load()[member] })
  standIn.loaded = true
  from.cache[file] ??= standIn
}
