import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { ComparedReplay } from './api-answers.ts'
import { reportChanges } from './report-changes.ts'

const same = <A>(value: A) => ({ original: value, replay: value, same: true })
const text = (content: string) => ({ content, encoding: 'utf8' })

const compared = (differences: Partial<ComparedReplay> = {}) =>
  E.right<string, ComparedReplay>({
    submissionId: 'replay',
    status: 'completed',
    same: true,
    outcome: same<string | null>('success'),
    exit: same<{ exitCode: number | null; signal: string | null }>({ exitCode: 0, signal: null }),
    output: { firstDifference: null },
    tests: null,
    files: null,
    image: same<string | null>('sha256:0'),
    ...differences,
  })

describe('given replays that came back', () => {
  it('says nothing of what is the same but how many', () => {
    const otherImage = { original: 'sha256:0', replay: 'sha256:1', same: false }
    const replayed = [
      { id: 'a', compared: compared() },
      { id: 'b', compared: compared({ image: otherImage }) },
    ]
    expect(reportChanges(replayed, 3)).toStrictEqual({
      lines: ['2 of 3 replayed, 1 of them on another image; 2 the same; 0 changed; 0 not replayed'],
      changed: 0,
      failed: 0,
    })
  })

  it('has a row for each change', () => {
    const changed = compared({
      same: false,
      outcome: { original: 'success', replay: 'signalled', same: false },
      exit: {
        original: { exitCode: 0, signal: null },
        replay: { exitCode: null, signal: 'SIGSEGV' },
        same: false,
      },
      output: { firstDifference: { stream: 'stdout', offset: 7, original: text('1\n'), replay: text('x'.repeat(30)) } },
    })
    expect(reportChanges([{ id: 'a', compared: changed }], 1)).toMatchObject({
      lines: [
        'SUBMISSION  CHANGED           ORIGINAL  REPLAY',
        'a           outcome           success   signalled',
        'a           exit              0         SIGSEGV',
        `a           stdout at byte 7  "1\\n"     "${'x'.repeat(24)}"...`,
        expect.stringContaining('1 changed'),
      ],
      changed: 1,
    })
  })

  it('has rows for the first test case and the first file that changed', () => {
    const outcome = { original: 'accepted', replay: 'wrong_answer', same: false }
    const parted = { offset: 2, original: text('1'), replay: text('2') }
    const output = { firstDifference: { stream: 'stdout', ...parted } }
    const exit = same<{ exitCode: number | null; signal: string | null }>({ exitCode: 0, signal: null })
    const other = compared({
      same: false,
      tests: { firstDifference: { name: 'small', outcome, exit, output } },
      files: { firstDifference: { name: 'a.txt', size: same<number | null>(3), content: parted } },
    })
    const gone = { name: 'b.txt', size: { original: 3, replay: null, same: false }, content: null }
    const fewer = compared({ same: false, files: { firstDifference: gone } })
    expect(
      reportChanges(
        [
          { id: 'a', compared: other },
          { id: 'b', compared: fewer },
        ],
        2,
      ).lines,
    ).toMatchObject([
      'SUBMISSION  CHANGED                         ORIGINAL  REPLAY',
      'a           test "small": outcome           accepted  wrong_answer',
      'a           test "small": stdout at byte 2  "1"       "2"',
      'a           file "a.txt" at byte 2          "1"       "2"',
      'b           file "b.txt"                    3 bytes   none',
      expect.stringContaining('2 changed'),
    ])
  })

  it('says what could not be replayed, and why', () => {
    const report = reportChanges([{ id: 'a', compared: E.left('Code submission not found') }], 1)
    expect(report).toMatchObject({ failed: 1, changed: 0 })
    expect(report.lines[1]).toMatch(/^a +not replayed +Code submission not found$/)
  })
})
