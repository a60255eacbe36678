import { toError } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Arena, openArena } from './arena.ts'
import { catalogue } from './catalogue.ts'
import { faceAttack, idleMedian, type Latencies } from './face-attack.ts'
import { modes } from './modes.ts'

/** Three looks at a row whose compilers meet their limits one after another, on a machine that is busy otherwise. */
const rowTimeoutMs = 240_000

const rows: Array<string> = []
afterAll(() => {
  process.stdout.write(`\n${rows.join('\n')}\n`)
})

const inWords = ({ neighbourMs, idleMs }: Latencies): string =>
  `neighbour ${Math.round(neighbourMs)} ms, idle ${Math.round(idleMs)} ms`

describe.each(modes)('given containers that are $name', mode => {
  let arena: Arena
  beforeAll(async () => {
    arena = await openArena(mode)
    await idleMedian(arena)
  })
  afterAll(() => arena?.close())

  describe.each(Object.entries(catalogue))('and an attack of the family %s', (_, attacks) => {
    let idleMs = 0
    beforeAll(async () => {
      idleMs = await idleMedian(arena)
    })

    it.each(attacks)(
      'holds against $id, $title',
      async attack => {
        try {
          const latencies = await faceAttack(arena, attack, idleMs)
          rows.push(`${attack.id} ${mode.name} held (${inWords(latencies)})`)
        } catch (error) {
          rows.push(`${attack.id} ${mode.name} broke: ${toError(error).message}`)
          throw error
        }
      },
      rowTimeoutMs,
    )
  })
})

describe('given the list of attacks', () => {
  it('there is a program for each of its rows', () => {
    const ids = Object.values(catalogue).flatMap(attacks => attacks.map(({ id }) => id))
    const wanted = Array.from({ length: 56 }, (_, index) => `A${index + 1}`)
    expect(ids.toSorted((one, other) => Number(one.slice(1)) - Number(other.slice(1)))).toEqual(wanted)
  })
})
