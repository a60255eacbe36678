import { expect } from 'vitest'
import { attack, type Step } from '../attack.ts'
import { ends, refused, success, tells } from '../steps.ts'
import { mebibyte, programsIn } from '../submission.ts'
import { injectedOptions } from './injected-options.ts'

const compileLimits = { wallTimeMs: 60_000, cpuTimeMs: 1_000, memoryBytes: 256 * mebibyte, fileBytes: 32 * mebibyte }
const inFolder = programsIn(import.meta.dirname)
const program = (name: string) => inFolder(name, { compileLimits })

const roomy = { cpuTimeMs: 20_000, wallTimeMs: 40_000 }

// Which of the two depends on the compiler; that it never becomes a program, or a fault of the system, does not.
const notCompiled = { outcome: expect.stringMatching(/^compile_(error|limit)$/), stdOutput: '' }

const including = (file: string, expected: object): Step =>
  ends({ ...program('macro-expansion.c'), code: `#include "${file}"\nint main(void) { return 0; }\n` }, expected)

const withFiles = (lang: string, files: ReadonlyArray<Readonly<Record<string, string>>>) => ({
  ...{ lang, files, entry: files[0]?.['name'], compileLimits },
  limits: { wallTimeMs: 5_000 },
})

export const compileAttacks = [
  attack(
    'A48',
    'devices included',
    ...['zero', 'random', 'urandom'].map(device => including(`/dev/${device}`, notCompiled)),
    // The input of the run is not the compiler's: there it is empty, and an empty file compiles.
    including('/dev/stdin', success),
  ),
  attack(
    'A49',
    'a source that includes itself',
    ends(program('includes-itself.c'), { outcome: 'compile_limit', reason: 'cpu' }),
  ),
  attack(
    'A50',
    'templates, constants and macros without end',
    ends(program('deep-templates.cpp'), notCompiled),
    ends(program('endless-template.cpp'), notCompiled),
    ends(program('endless-constexpr.cpp'), notCompiled),
    ends(program('macro-expansion.c'), notCompiled),
  ),
  attack(
    'A51',
    'objects of gigabytes',
    ends(program('giant-object.c'), notCompiled),
    ends(program('initialised-gibibyte.c'), notCompiled),
  ),
  attack(
    'A52',
    'a flood of errors',
    ends(program('error-flood.c'), notCompiled, ({ compile }) => {
      const { output, truncated } = compile as Readonly<{ output: string; truncated: boolean }>
      expect(truncated).toBe(true)
      expect(Buffer.byteLength(output)).toBeLessThanOrEqual(65_536)
    }),
  ),
  attack(
    'A53',
    'code that runs in the compiler, and options that make it run',
    tells(
      inFolder('runs-at-compile-time.hs', { compileLimits: { ...roomy } }),
      ...['root False', '0000000000000000', 'shadow refused', 'write refused'],
    ),
    ends(program('reads-at-compile-time.rs'), { outcome: 'compile_error', stdOutput: '' }),
    ends(program('linker-flags.go'), notCompiled),
    ...injectedOptions.map(compileArgs => refused(422, { lang: 'c', code: 'int main(void) {}', compileArgs })),
  ),
  attack(
    'A54',
    'a product that is missing, a folder, or no program',
    ends(inFolder('no-product.hs', { compileLimits: roomy }), { outcome: 'runtime_error', reason: 'spawn ENOENT' }),
    ends(
      withFiles('c', [
        { name: 'main.c', content: 'int main(void) { return 0; }' },
        { name: '.program/in-the-way', content: '' },
      ]),
      { outcome: 'compile_error' },
    ),
    ends(withFiles('executable', [{ name: 'program', content: 'no program at all' }]), { outcome: 'runtime_error' }),
    ends(withFiles('executable', [{ name: 'program', content: '#!/etc/shadow\n' }]), { outcome: 'runtime_error' }),
    ends(withFiles('executable', [{ name: 'program', content: '#!/bin/sh\necho script' }]), {
      ...success,
      stdOutput: 'script\n',
    }),
  ),
]
