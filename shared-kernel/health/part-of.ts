import type { Part } from './readiness.ts'

// A dependency that hangs must not hang the answer about it.
const patienceMs = 3000

const noAnswer = `there was no answer within ${patienceMs / 1000} s`

/** A part as its check finds it now: no problem where that resolves to null. A check that takes too long is a problem. */
export const partOf = async (part: string, check: () => Promise<string | null>): Promise<Part> => {
  const { promise: tooLate, resolve } = Promise.withResolvers<string>()
  const timer = setTimeout(() => resolve(noAnswer), patienceMs)
  const problem = await Promise.race([check(), tooLate])
  clearTimeout(timer)
  return { part, problems: problem === null ? [] : [problem] }
}
