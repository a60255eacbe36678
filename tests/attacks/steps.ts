import { expect } from 'vitest'
import type { Scene, Step } from './attack.ts'
import type { Submission } from './submission.ts'

export type Result = Readonly<Record<string, unknown>>

/** How much later than its wall limit a verdict may be, by the runner's own clock. */
const lateMs = 2_000

const expectInTime = (result: Result, { limits }: Submission) => {
  const usage = result['usage'] as Readonly<{ wallMs: number }> | null | undefined
  expect(usage?.wallMs ?? 0, 'wall time of the run').toBeLessThan(Number(limits['wallTimeMs']) + lateMs)
}

/** Submits and answers the result, which came in time and is the program's own, not a failure of the system. */
const resultOf = async ({ client }: Scene, submission: Submission): Promise<Result> => {
  const result = await client.resultOf(await client.submit(submission))
  expect(result, String(result['stdError'] ?? '')).toMatchObject({ status: 'completed', attempt: 1 })
  expectInTime(result, submission)
  return result
}

type Asked = Submission | ((scene: Scene) => Submission)

const submissionOf = (asked: Asked, scene: Scene): Submission => (typeof asked === 'function' ? asked(scene) : asked)

// What decides is told in the message, too: a mismatch of one member does not explain itself.
const told = ({ outcome, reason, stdOutput, stdError, compile }: Result): string =>
  JSON.stringify({ outcome, reason, stdOutput, stdError, compile }).slice(0, 2_000)

/** The submission ends with a result that has these members, and passes the further look. */
export const ends =
  (asked: Asked, expected: object, look: (result: Result) => void = () => undefined): Step =>
  async scene => {
    const result = await resultOf(scene, submissionOf(asked, scene))
    expect(result, told(result)).toMatchObject(expected)
    look(result)
  }

/** The program succeeds, and these are the lines it prints: what it tells of its attempts. */
export const tells = (asked: Asked, ...lines: ReadonlyArray<string>): Step =>
  ends(asked, { outcome: 'success', stdError: '', stdOutput: lines.map(line => `${line}\n`).join('') })

/** All at once. */
export const together =
  (...steps: ReadonlyArray<Step>): Step =>
  async scene => {
    await Promise.all(steps.map(step => step(scene)))
  }

/** The request is answered with this status, whatever its body says of it. */
export const refused =
  (status: number, body: unknown, path = '/api/submit'): Step =>
  async ({ client }) => {
    const answer = await client.post(path, body)
    expect({ status: answer.status, body }, JSON.stringify(answer.body)).toEqual({ status, body })
  }

export const timeLimit = (reason: 'cpu' | 'wall') => ({ outcome: 'time_limit', reason })
export const memoryLimit = { outcome: 'memory_limit', reason: 'memory' }
export const success = { outcome: 'success', exitCode: 0 }
