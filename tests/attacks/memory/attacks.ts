import { attack } from '../attack.ts'
import { ends, memoryLimit, success, tells } from '../steps.ts'
import { mebibyte, programsIn } from '../submission.ts'

const program = programsIn(import.meta.dirname)

const little = { limits: { memoryBytes: 64 * mebibyte, fileBytes: 128 * mebibyte } }

export const memoryAttacks = [
  attack('A13', 'a heap bomb', ends(program('heap-bomb.c', little), memoryLimit)),
  attack(
    'A14',
    'a giant static array',
    ends(program('giant-array.c', little), success),
    ends(program('giant-array.c', { ...little, args: ['touched'] }), memoryLimit),
  ),
  attack(
    'A15',
    'a child killed for memory below a parent that is well',
    ends(program('child-eats.py', little), memoryLimit),
  ),
  attack(
    'A16',
    'files in memory',
    tells(program('fills-memory-files.py', { ...little, args: ['/dev/shm'] }), '16 No space left on device'),
    ends(program('fills-memory-files.py', { ...little, args: ['/tmp'] }), memoryLimit),
  ),
  attack(
    'A17',
    'a stack without end',
    ends(program('overflows-stack.c'), { outcome: 'signalled', signal: 'SIGSEGV' }),
    tells(program('unlimits-stack.c'), 'Operation not permitted'),
  ),
  attack(
    'A18',
    'locked memory, huge pages, anonymous files, page cache',
    tells(program('locks-memory.c'), 'huge pages: refused', 'locked: refused', 'all locked: refused'),
    ends(program('fills-memfd.py', little), memoryLimit),
    tells(program('fills-page-cache.py', little), 'came through'),
  ),
]
