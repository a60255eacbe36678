import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { positionToken, readPositionToken } from './position-token.ts'

describe('a position token', () => {
  it('is read as the position it was made of', () => {
    void fc.assert(
      fc.property(fc.nat(65_535), fc.integer({ min: 1, max: 10 ** 15 - 1 }), (p, n) => {
        expect(readPositionToken(positionToken({ p, n }))).toStrictEqual({ p, n })
      }),
    )
  })

  it.each(['', 'x', 'MS4', '1.2', Buffer.from('01.2').toString('base64url'), `${positionToken({ p: 1, n: 2 })}=`])(
    'is none: %j',
    token => {
      expect(readPositionToken(token)).toBeNull()
    },
  )
})
