import { expect } from 'vitest'
import { attack } from '../attack.ts'
import { ends, success, tells, timeLimit } from '../steps.ts'
import { programsIn } from '../submission.ts'

const program = programsIn(import.meta.dirname)

const brief = { limits: { wallTimeMs: 800 } }
const sleeping = (how: string) => ends(program('waits-for-ever.c', { ...brief, args: [how] }), timeLimit('wall'))
const stopping = (target: string, told: string) =>
  ends(program('stops.py', { ...brief, args: [target] }), { ...timeLimit('wall'), stdOutput: told })
const spoofing = (exitCode: number) =>
  ends(program('spoofs-verdict.py', { args: [String(exitCode)] }), { outcome: 'runtime_error', exitCode }, result => {
    const text = Buffer.from(String(result['stdOutput']), 'base64').toString('latin1')
    expect(text).toMatch(/^timelimit exceeded\nKilled\n\{"outcome": "success"/)
    expect(text).not.toContain('reached')
  })
const dying = (signal: string, ...args: ReadonlyArray<string>) =>
  ends(program('dies-of-signal.c', { args }), { outcome: 'signalled', signal })

// One processor each: who burns more is given no more.
const burning = (name: string) =>
  ends(program(name, { limits: { cpuTimeMs: 600, wallTimeMs: 60_000 } }), timeLimit('cpu'), ({ usage }) => {
    const { cpuMs, wallMs } = usage as Readonly<Record<'cpuMs' | 'wallMs', number>>
    expect(cpuMs).toBeLessThan(900)
    expect(cpuMs / wallMs).toBeLessThan(1.5)
  })

export const processAttacks = [
  attack('A1', 'a fork bomb', ends(program('fork-bomb.c', brief), timeLimit('wall'))),
  attack('A2', 'a thread bomb', ends(program('thread-bomb.c', brief), timeLimit('wall'))),
  attack('A3', 'daemons that outlive their parent', tells(program('daemons.py'), 'parent ends')),
  attack(
    'A4',
    'children that hold the output open',
    ends(program('parent-leaves.py'), success, ({ usage }) =>
      expect((usage as Readonly<{ wallMs: number }>).wallMs).toBeLessThan(2_000),
    ),
  ),
  attack('A5', 'every signal ignored', ends(program('ignores-signals.py', brief), timeLimit('wall'))),
  attack(
    'A6',
    'stopping itself, its group, its parent',
    stopping('self', ''),
    stopping('group', ''),
    stopping('parent', 'refused\n'),
  ),
  attack(
    'A7',
    'killing everything, the runner too',
    ends(program('kills-everything.py'), {
      outcome: 'signalled',
      signal: 'SIGKILL',
      stdOutput: '-1 sent\n1 Operation not permitted\n',
    }),
  ),
  attack('A8', 'sleeping for ever', sleeping('sleep'), sleeping('select'), sleeping('pause')),
  attack('A9', 'burning CPU in many threads and processes', burning('burns-threads.c'), burning('burns-processes.c')),
  attack(
    'A10',
    'closing its streams and going on',
    ends(program('closes-streams.py'), { outcome: 'runtime_error', exitCode: 7, stdOutput: 'before\n' }),
  ),
  attack('A11', 'a verdict spoofed by text, frames and exit code', spoofing(137), spoofing(124), spoofing(139)),
  attack(
    'A12',
    'abort and deadly signals',
    dying('SIGABRT'),
    dying('SIGSEGV', '11'),
    dying('SIGTERM', '15'),
    dying('SIGHUP', '1'),
  ),
]
