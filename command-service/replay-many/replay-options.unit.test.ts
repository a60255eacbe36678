import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readReplayOptions } from './replay-options.ts'

const id = '0192d4c8-5a7e-7c3b-9f10-6a1b2c3d4e5f'

describe('given a command line', () => {
  it('takes ids', () => {
    const usual = { concurrency: 4, url: 'http://127.0.0.1:3005', image: 'current' }
    expect(readReplayOptions([id])).toStrictEqual(E.right({ ids: [id], ...usual }))
  })

  it('takes a time and what else to choose by', () => {
    const argv = ['--since', '2026-01-31', '--language', 'python', '--outcome', 'success', '--limit', '7']
    expect(readReplayOptions([...argv, '--concurrency', '2', '--image', 'original'])).toMatchObject(
      E.right({
        ids: [],
        since: '2026-01-31T00:00:00.000Z',
        ...{ language: 'python', outcome: 'success', limit: 7, concurrency: 2, image: 'original' },
      }),
    )
  })

  it.each([
    [[], 'say --since'],
    [['--since', '2026-01-31', id], 'not both'],
    [['--since', 'yesterday'], '--since cannot be yesterday'],
    [['7'], 'a submission id cannot be 7'],
    [[id, '--concurrency', '0'], '--concurrency cannot be 0: must be a number from 1 to 256'],
    [[id, '--outcome', 'fine'], '--outcome cannot be fine'],
    [[id, '--url', 'ftp://x'], '--url cannot be ftp://x: must be an HTTP URL'],
    [[id, '--fast'], "Unknown option '--fast'"],
  ])('refuses %j in words', (argv, words) => {
    expect(readReplayOptions(argv)).toStrictEqual(E.left(expect.stringContaining(words)))
  })
})
