import { describe, expect, it } from 'vitest'
import { createProgressBar } from './progress-bar.ts'

const onTerminal = (
  terminal: Readonly<{ isTTY?: boolean; columns?: number }>,
  total: number | null,
  isQuiet = false,
) => {
  let text = ''
  let time = 0
  const write = (more: string) => {
    text += more
  }
  const options = { what: 'verify', unit: 'commits', total, isQuiet, now: () => time }
  const bar = createProgressBar({ ...options, terminal: { ...terminal, write } })
  return {
    bar,
    advance: (ms: number, count: number) => {
      time += ms
      bar.advance(count)
    },
    text: () => text,
  }
}

describe('given a terminal', () => {
  it('draws one line anew, with share, rate and time left', () => {
    const { advance, bar, text } = onTerminal({ isTTY: true, columns: 120 }, 4000)
    advance(500, 1000)
    advance(1, 0)
    advance(499, 1000)
    bar.done()
    expect(text().split('\r\u001b[K')).toStrictEqual([
      '',
      'verify  [######..................]  25 %  1,000 / 4,000 commits  2,000/s  ETA 2 s',
      'verify  [############............]  50 %  2,000 / 4,000 commits  2,000/s  ETA 1 s',
      'verify  [############............]  50 %  2,000 / 4,000 commits  2,000/s  in 1 s\n',
    ])
  })

  it('never wraps', () => {
    const { bar, text } = onTerminal({ isTTY: true, columns: 40 }, 10)
    bar.done()
    expect(text().trimEnd().replace('\r\u001b[K', '')).toHaveLength(39)
  })
})

describe('given no terminal', () => {
  it('writes a plain line every few seconds and one at the end', () => {
    const { advance, bar, text } = onTerminal({}, null)
    for (let i = 0; i < 12; i += 1) advance(1000, 10)
    bar.done()
    bar.done()
    expect(text()).toBe(
      [
        'verify  50 commits  10/s  5 s so far',
        'verify  100 commits  10/s  10 s so far',
        'verify  120 commits  10/s  in 12 s',
        '',
      ].join('\n'),
    )
  })

  it('writes nothing where it is to be quiet', () => {
    const { advance, bar, text } = onTerminal({}, 10, true)
    advance(60_000, 10)
    bar.done()
    expect(text()).toBe('')
  })
})
