import type { Script } from './scripted-sandbox.ts'

/** One submission: what is sent, and what a client does to it meanwhile. */
export type Sent = Readonly<{
  body: Readonly<Record<string, unknown>>
  headers?: Readonly<Record<string, string>>
  cancelled?: boolean
}>

const bytes = (text: string): string => Buffer.from(text).toString('base64')
const out = (text: string, afterMs = 0) => ({ stream: 'stdout' as const, bytes: bytes(text), afterMs })
const err = (text: string, afterMs = 0) => ({ stream: 'stderr' as const, bytes: bytes(text), afterMs })
const noise = (seed: number, length: number): string =>
  Buffer.from(Array.from({ length }, (_, i) => (i * 7919 + seed * 104729) % 256)).toString('base64')

const code = (lang: string, script: Script, more: Sent['body'] = {}): Sent => ({
  body: { lang, code: JSON.stringify(script), ...more },
})

const succeeding = (i: number): ReadonlyArray<Sent> => [
  code('python', { writes: [out(`Hello, World ${i}!\n`)] }),
  code('py', { echoes: true }, { stdInput: `line ${i}\nno newline at the end` }),
  code('javascript', { echoes: true }, { stdInput: bytes(`\u0000\u0001 ${i}`), stdInputEncoding: 'base64' }),
  code('bash', { writes: [out(`Zoë 😀 — 第${i}行\n`), err('ünïcode\n')] }),
  code('python', { writes: [{ stream: 'stdout', bytes: noise(i, 200) }, out('\ufeffafter the bytes')] }),
  code('python', { writes: [out('first '), out('second ', 60), err('third', 60), out(`fourth ${i}`, 60)] }),
  code('c', { compiler: { exitCode: 0, says: `main.c:${i}: warning: unused\n` }, writes: [out('built\n')] }),
  code('java', { compiler: { exitCode: 0, says: '' }, writes: [out('x'.repeat(100 + i), 60)] }),
  code('javascript', { writes: [] }, { limits: { cpuTimeMs: 1000 + i, memoryBytes: 64 * 2 ** 20 } }),
  {
    body: {
      lang: 'python',
      files: [
        { name: 'src/main.py', content: JSON.stringify({ writes: [out(`of several files ${i}\n`)] }) },
        { name: 'data.bin', content: noise(i, 64), encoding: 'base64' },
      ],
      entry: 'src/main.py',
      args: ['--name', 'Zoë 😀', ''],
    },
    headers: { 'idempotency-key': `key-${i}`, traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
  },
]

const failing = (i: number): ReadonlyArray<Sent> => [
  code('python', { outcome: 'runtime_error', exitCode: 1 + (i % 250), writes: [err('Traceback: boom\n')] }),
  code('c', { compiler: { exitCode: 0, says: '' }, outcome: 'signalled', signal: 'SIGSEGV' }),
  code('c', { compiler: { exitCode: 1, says: `main.c:${i}:1: error: expected ‘;’\n` }, outcome: 'compile_error' }),
  code('java', {
    ...{ compiler: { exitCode: 137, says: 'x'.repeat(300), truncated: true } },
    ...{ outcome: 'compile_limit', reason: 'memory' },
  }),
  code('python', { outcome: 'time_limit', reason: 'cpu', signal: 'SIGKILL', writes: [out('so far')] }),
  code('bash', { outcome: 'time_limit', reason: 'wall', signal: 'SIGKILL' }),
  code('javascript', { outcome: 'memory_limit', reason: 'memory', signal: 'SIGKILL' }),
  code('python', { outcome: 'output_limit', reason: 'output', truncates: 'stdout', writes: [out('y\n'.repeat(200))] }),
  code('bash', { outcome: 'runtime_error', reason: 'ENOEXEC' }),
]

const interrupted = (i: number): ReadonlyArray<Sent> => [
  code('python', { faults: ['lost'], writes: [out(`at the second attempt ${i}\n`)] }),
  code('python', { faults: ['lost', 'lost', 'lost'] }),
  code('python', { faults: ['unavailable'], writes: [out('once there was room\n')] }),
  { ...code('bash', { writes: [out('not for long', 60)], hangs: true }), cancelled: true },
]

/** Submissions of every kind, the `i`th of each. */
export const submissionsOf = (i: number): ReadonlyArray<Sent> => [
  ...succeeding(i),
  ...failing(i),
  ...(i % 2 === 0 ? interrupted(i) : []),
]

/** What is running when its process dies. */
export const runningAtDeath = (i: number): Sent =>
  code('python', { writes: [out(`before the death of ${i}\n`, 20)], hangs: true })
