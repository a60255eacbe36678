import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { refused } from './dialogue-answer.ts'
import { createOpenStdin } from './open-stdin.ts'

const isEnd = (frame: Uint8Array): boolean => frame[0] === 0x05
const payload = (frame: Uint8Array): Uint8Array => frame.subarray(5)
const bytesOf = (frames: ReadonlyArray<Uint8Array>): Buffer => Buffer.concat(frames.map(payload))

const open = (beginning: Uint8Array = new Uint8Array()) => {
  const sent: Uint8Array[] = []
  const stdin = createOpenStdin(beginning, frame => void sent.push(frame))
  const grant = (credit: number) => void sent.push(...stdin.grant(credit))
  return { ...stdin, grant, sent }
}

/** What it is by now, without waiting for what may never come. */
const soFar = async <A>(answer: Promise<A>): Promise<A | 'no answer'> => {
  await new Promise(setImmediate)
  return Promise.race([answer, Promise.resolve('no answer' as const)])
}

const taken = E.right(undefined)

describe('given stdin that stays open', () => {
  it('all that is written is sent once, in order, never beyond the credit', async () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 })
    const credits = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), pieces, credits, async (beginning, written, granted) => {
        const { sent, grant, write, end } = open(beginning)
        const expected: Uint8Array[] = [beginning]
        let credit = 0
        const granting = [...granted]
        for (const bytes of written) {
          const answer = write(bytes)
          expected.push(Buffer.from(bytes))
          while ((await soFar(answer)) === 'no answer') {
            const more = granting.shift() ?? 1_000
            credit += more
            grant(more)
            expect(bytesOf(sent).length).toBeLessThanOrEqual(credit)
          }
        }
        const ended = end()
        grant(10_000)
        expect(await ended).toEqual(taken)
        expect(bytesOf(sent)).toEqual(Buffer.concat(expected))
        expect(sent.map(isEnd)).toEqual([...sent.slice(1).map(() => false), true])
      }),
      { numRuns: 40 },
    )
  })

  it('a write is answered when all of it was taken, and no other meanwhile', async () => {
    const { grant, write, sent } = open()
    grant(3)
    const answer = write(Buffer.from('abcd'))
    expect([await soFar(answer), bytesOf(sent).toString()]).toEqual(['no answer', 'abc'])
    expect(await write(Buffer.from('e'))).toEqual(refused('busy'))
    grant(1)
    expect([await answer, bytesOf(sent).toString()]).toEqual([taken, 'abcd'])
    grant(1)
    expect(await write(Buffer.from('e'))).toEqual(taken)
  })

  it('a write waits behind the beginning', async () => {
    const { grant, write, sent } = open(Buffer.from('begin'))
    grant(4)
    const answer = write(Buffer.from('!'))
    expect(await soFar(answer)).toBe('no answer')
    grant(2)
    expect([await answer, bytesOf(sent).toString()]).toEqual([taken, 'begin!'])
  })

  it('its end comes behind what is being written, once', async () => {
    const { grant, write, end, sent } = open()
    const [written, ended] = [write(Buffer.from('ab')), end()]
    expect(await write(Buffer.from('c'))).toEqual(refused('stdin_ended'))
    expect(await end()).toEqual(refused('stdin_ended'))
    expect([await soFar(ended), sent.some(isEnd)]).toEqual(['no answer', false])
    grant(2)
    expect([await written, await ended, bytesOf(sent).toString()]).toEqual([taken, taken, 'ab'])
    expect(sent.filter(isEnd)).toHaveLength(1)
  })

  it.each(['run_ended', 'stdin_closed'] as const)(
    'whoever waits or comes later hears that it is closed: %s',
    async why => {
      const { grant, write, end, close, sent } = open()
      const waiting = write(Buffer.from('ab'))
      close(why)
      expect(await waiting).toEqual(refused(why))
      expect([await write(Buffer.from('c')), await end()]).toEqual([refused(why), refused(why)])
      grant(100)
      expect(sent).toEqual([])
    },
  )

  it('the end of the run outweighs what was known of stdin before', async () => {
    const { end, write, close } = open()
    void end()
    close('stdin_closed')
    expect(await write(Buffer.from('c'))).toEqual(refused('stdin_ended'))
    close('run_ended')
    expect(await write(Buffer.from('c'))).toEqual(refused('run_ended'))
  })
})
