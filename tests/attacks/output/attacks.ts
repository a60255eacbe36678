import { expect } from 'vitest'
import { attack, type Step } from '../attack.ts'
import { ends, type Result, refused, success, tells, timeLimit } from '../steps.ts'
import { mebibyte, programsIn } from '../submission.ts'
import { awkwardFileNames } from './awkward-file-names.ts'
import { malformedBodies } from './malformed-bodies.ts'

const program = programsIn(import.meta.dirname)

const outputLimit = { outcome: 'output_limit', reason: 'output' }

const flooding = (args: ReadonlyArray<string>, truncated: Readonly<{ stdout: boolean; stderr: boolean }>): Step =>
  ends(program('floods.py', { args }), { ...outputLimit, truncated })

const bytesOf = ({ stdOutput, encoding }: Result): Buffer =>
  Buffer.from(String(stdOutput), encoding === 'base64' ? 'base64' : 'utf8')

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))
const invalidText = Buffer.concat([everyByte, Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80, 0xf5])])
const longLine = Buffer.from('\0\x1b[31mred\x1b[0m\x07')

const largestInput = 'i'.repeat(1_500_000)

export const outputAttacks = [
  attack(
    'A19',
    'a flood on stdout',
    ends(
      program('floods.py', { args: ['1'] }),
      { ...outputLimit, truncated: { stdout: true, stderr: false } },
      result => expect(result['stdOutput']).toBe('x'.repeat(mebibyte)),
    ),
  ),
  attack(
    'A20',
    'a flood on stderr, and on both',
    flooding(['2'], { stdout: false, stderr: true }),
    ends(program('floods-one-then-speaks.py'), { ...success, stdError: 'still heard\nto the end\n' }),
    ends(program('floods.py', { args: ['1', '2'] }), outputLimit),
  ),
  attack(
    'A21',
    'a million writes of one newline',
    ends(program('writes-bytes.c', { limits: { wallTimeMs: 10_000 } }), success, result => {
      expect(result['stdOutput']).toBe('\n'.repeat(1_000_000))
      expect((result['usage'] as Readonly<{ cpuMs: number }>).cpuMs).toBeLessThan(2_000)
    }),
  ),
  attack(
    'A22',
    'one line of 100 MB with NUL and escapes',
    ends(program('one-long-line.py'), outputLimit, result => {
      const whole = Buffer.alloc(mebibyte, longLine)
      expect(bytesOf(result).equals(whole)).toBe(true)
    }),
  ),
  attack(
    'A23',
    'text that is none, and characters in pieces',
    ends(program('invalid-text.py'), { ...success, encoding: 'base64', stdOutput: invalidText.toString('base64') }),
    ends(program('splits-characters.py'), { ...success, encoding: 'utf8', stdOutput: 'snow ❄ 雪 😀' }),
    ends(program('cut-character.py', { limits: { outputBytes: 1_001 } }), outputLimit, result =>
      expect(bytesOf(result).equals(Buffer.from('é'.repeat(501)).subarray(0, 1_001))).toBe(true),
    ),
  ),
  attack(
    'A24',
    'output in a slow trickle',
    ends(program('trickles.py', { limits: { wallTimeMs: 1_500 } }), timeLimit('wall'), ({ stdOutput }) =>
      expect(stdOutput).toMatch(/^\.{10,31}$/),
    ),
  ),
  attack(
    'A25',
    'much input that nobody reads',
    tells(program('ignores-input.py', { stdInput: largestInput }), 'not interested'),
    ends(program('closes-input.py', { stdInput: largestInput }), success),
    refused(413, program('ignores-input.py', { stdInput: 'i'.repeat(10 * mebibyte) })),
  ),
  attack(
    'A26',
    'reading input to its end, or where there is none',
    tells(program('reads-all-input.py', { stdInput: largestInput }), String(largestInput.length)),
    tells(program('reads-all-input.py'), '0'),
  ),
  attack('A27', 'huge arguments and file names that lead elsewhere', ...awkwardFileNames),
  attack('A28', 'bodies that blow up when unpacked or parsed', ...malformedBodies),
]
