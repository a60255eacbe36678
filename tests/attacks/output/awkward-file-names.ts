import type { Step } from '../attack.ts'
import { refused } from '../steps.ts'

const content = 'print(1)'

const names = [
  ...['../main.py', 'a/../../main.py', '/etc/cron.d/main.py', './main.py', 'a//main.py', 'a/', '.', '..', ''],
  ...['main\0.py', 'main\n.py', '..\\main.py', 'C:\\main.py', '-main.py', 'x'.repeat(256), `${'x/'.repeat(600)}x`],
  ...['a/'.repeat(33).concat('x')],
]

const named = (name: string): Step => refused(422, { lang: 'python', files: [{ name, content }] })

/** What would lead out of the box, or into an option, or is too large for any argv. The interface knows no links. */
export const awkwardFileNames: ReadonlyArray<Step> = [
  ...names.map(named),
  refused(422, { lang: 'python', files: [{ name: 'main.py', content, link: '/etc/passwd' }] }),
  refused(422, {
    lang: 'python',
    files: [
      { name: 'a', content },
      { name: 'a/b', content },
    ],
  }),
  refused(422, { lang: 'python', entry: '/etc/passwd', files: [{ name: 'main.py', content }] }),
  refused(422, { lang: 'python', code: content, args: ['x'.repeat(100_000)] }),
  refused(422, { lang: 'python', code: content, args: Array.from({ length: 100_000 }, () => 'x') }),
  refused(422, { lang: 'python', code: content, args: ['a\0b'] }),
  refused(422, { lang: 'python', code: content, env: { LD_PRELOAD: './evil.so' } }),
]
