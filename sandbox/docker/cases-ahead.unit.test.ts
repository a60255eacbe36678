import { describe, expect, it } from 'vitest'
import type { Case } from '../sandbox.ts'
import { sendCasesAhead } from './cases-ahead.ts'
import { idleContainer, idleSession } from './container.fixture.ts'
import { definition, program } from './program.fixture.ts'

const one: Case = { args: [], stdin: new Uint8Array(), limits: program.limits }
const many = Array.from({ length: 100 }, () => one)

/** Cases behind the first of these; `sent` counts what the container was sent. */
const behindTheFirst = (cases: ReadonlyArray<Case>, mayStop = false) => {
  let count = 0
  const unanswered = new Promise<never>(() => undefined)
  const follow = () => {
    count += 1
    return { clean: unanswered, ended: unanswered }
  }
  const owner = { submission: 'one', attempt: 1, budgetMs: 1 }
  const of = {
    definition,
    request: { ...program, language: 'bash', image: null, owner, cases, mayStop },
    artifact: { files: [], archive: null },
    listener: { compiled: () => undefined, output: () => undefined, ended: () => true },
    signal: new AbortController().signal,
  }
  const ahead = sendCasesAhead({ ...idleContainer, session: { ...idleSession, follow } }, of, 0)
  return { ahead, sent: () => count }
}

describe('given a case that was sent', () => {
  it('as many as lie ahead at most are sent behind it before it has ended', () => {
    const { ahead, sent } = behindTheFirst(many)
    expect(sent()).toBe(0)
    ahead.begin()
    expect(sent()).toBe(32)
  })

  it('more are sent once half of those are under way', () => {
    const { ahead, sent } = behindTheFirst(many)
    ahead.begin()
    for (let ended = 0; ended < 16; ended++) ahead.next()
    expect(sent()).toBe(32)
    ahead.next()
    expect(sent()).toBe(48)
  })

  it('none is where it may be the last', () => {
    const { ahead, sent } = behindTheFirst(many, true)
    ahead.begin()
    expect(sent()).toBe(0)
    expect(ahead.next()).not.toBeNull()
    expect(sent()).toBe(1)
  })

  it('none is as long as it may ask for more of its stdin', () => {
    const { ahead, sent } = behindTheFirst([{ ...one, stdin: new Uint8Array(100_000) }, ...many])
    ahead.begin()
    expect(sent()).toBe(0)
  })
})
