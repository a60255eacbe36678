import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, it } from 'vitest'
import type { CollectedFiles } from '../sandbox.ts'
import { runnerImage } from './test-container.ts'
import { afterRun, type Left } from './test-leaving.ts'
import { perl, phase, sh } from './test-phase.ts'

const mebibyte = 1024 * 1024

const pathsOf = ({ files }: CollectedFiles) => files.map(({ path }) => path)
const textsOf = ({ files }: CollectedFiles) =>
  Object.fromEntries(files.map(({ path, content }) => [path, Buffer.from(content).toString()]))
const reasonsOf = ({ leftOut }: CollectedFiles) => Object.fromEntries(leftOut.map(({ path, reason }) => [path, reason]))

describe('given a program that has left files', () => {
  let image = ''
  beforeAll(async () => {
    image = await runnerImage()
  }, 600_000)

  const after = <A>(code: string, look: (left: Left) => Promise<A>) => afterRun({ image, run: phase(sh(code)) }, look)

  it('sends those that are asked for, byte for byte, in the order of their paths', () =>
    after('mkdir -p a/b c; printf 2 > a/b/2.txt; printf 1 > 1.txt; : > c/0.txt; printf x > 1.log', async left => {
      expect(textsOf(await left.collect({ patterns: ['*.txt', '?.log'] }))).toEqual({ '1.txt': '1', '1.log': 'x' })
      const all = await left.collect({ patterns: ['**/*.txt', 'a/**'] })
      expect(pathsOf(all)).toEqual(['1.txt', 'a/b/2.txt', 'c/0.txt'])
      expect(all).toMatchObject({ leftOut: [], leftOutInAll: 0 })
      expect(await left.collect({ patterns: ['nothing'] })).toEqual({ files: [], leftOut: [], leftOutInAll: 0 })
    }))

  it('sends any bytes of a file of any size up to the limit', () => {
    const code = 'srand 7; open my $f, ">", "noise"; print $f pack "C*", map { int rand 256 } 1 .. 200_001'
    const print = `${code}; close $f; open $f, "<", "noise"; local $/; print unpack "%32C*", <$f>`
    return afterRun({ image, run: phase(perl(print)) }, async left => {
      const { files } = await left.collect({ patterns: ['noise'], limits: { fileBytes: 200_001 } })
      expect(files[0]?.content.length).toBe(200_001)
      const again = await left.collect({ patterns: ['noise'] })
      expect(again.files).toEqual(files)
      expect(new Set(files[0]?.content).size).toBe(256)
    })
  })

  it('sends nothing but regular files of one name, and says what it leaves out', () => {
    const code = `ln -s /etc/passwd link.png; ln -s / root; mkdir real; ln -s real way; echo in > real/in.png
      mkfifo fifo.png; echo x > one.png; ln one.png two.png; mkdir directory.png; echo x > shut.png; chmod 0 shut.png
      mkdir closed; echo x > closed/in.png; chmod 0 closed; echo fine > fine.png; ln -s loop loop`
    return after(code, async left => {
      const collected = await left.collect({ patterns: ['*.png', '*/*.png', 'root/etc/*'] })
      expect(textsOf(collected)).toEqual({ 'fine.png': 'fine\n', 'real/in.png': 'in\n' })
      expect(reasonsOf(collected)).toEqual({
        ...{ 'link.png': 'not_regular', 'fifo.png': 'not_regular', 'one.png': 'linked', 'two.png': 'linked' },
        ...{ 'shut.png': 'not_readable', closed: 'not_readable', 'directory.png': 'not_regular' },
      })
      expect(collected.leftOutInAll).toBe(7)
    })
  })

  it('keeps to the size of one, of all and to their number, the first of them by path', () =>
    after('for n in 1 2 3 4 5; do printf 12345 > $n; done; printf 123456 > 0', async left => {
      const ofSize = await left.collect({ patterns: ['?'], limits: { fileBytes: 5 } })
      expect(textsOf(ofSize)).toEqual(Object.fromEntries(['0', '1', '2', '3', '4', '5'].map(path => [path, '12345'])))
      expect([ofSize.files.map(({ size }) => size), ofSize.leftOutInAll]).toEqual([[6, 5, 5, 5, 5, 5], 0])
      const ofAll = await left.collect({ patterns: ['?'], limits: { totalBytes: 12 } })
      expect([pathsOf(ofAll), reasonsOf(ofAll)]).toEqual([
        ['0', '1'],
        { 2: 'no_room', 3: 'no_room', 4: 'no_room', 5: 'no_room' },
      ])
      const ofNumber = await left.collect({ patterns: ['?'], limits: { files: 4 } })
      expect([pathsOf(ofNumber), reasonsOf(ofNumber)]).toEqual([['0', '1', '2', '3'], { 4: 'too_many', 5: 'too_many' }])
    }))

  it('takes names of any bytes: text as it is, what is none is left out', () => {
    const code = 'for (@ARGV, "\\xff.txt", "new\\nline.txt", "é.txt") { open my $f, ">", $_; print $f "x" }'
    return afterRun({ image, run: phase(perl(code)) }, async left => {
      const collected = await left.collect({ patterns: ['?.txt', 'new?line.txt'] })
      expect(pathsOf(collected)).toEqual(['new\nline.txt', 'é.txt'])
      expect(collected).toMatchObject({ leftOut: [{ path: '\ufffd.txt', reason: 'not_utf8' }], leftOutInAll: 1 })
    })
  })

  it('sees what no process changes any more', () => {
    const code = `if (!fork) { close STDOUT; if (!fork) { open my $f, ">>", "log"; $f->autoflush(1); print $f "x" x 1000 while 1 } exit }
      wait; select undef, undef, undef, 0.05 until -s "log"`
    return afterRun({ image, run: phase(perl(`use IO::Handle; ${code}`)) }, async left => {
      const limits = { fileBytes: 64 * mebibyte, totalBytes: 64 * mebibyte }
      const first = await left.collect({ patterns: ['log'], limits })
      expect(pathsOf(first)).toEqual(['log'])
      const again = await left.collect({ patterns: ['log'], limits })
      expect(Buffer.compare(first.files[0]?.content ?? Buffer.of(), again.files[0]?.content ?? Buffer.of(1))).toBe(0)
    })
  })

  it('costs a bounded time and answer, whatever there is', () => {
    const many = 'mkdir "d"; for (1 .. 100_000) { open my $f, ">", sprintf "d/%06d", $_ }'
    const giant = 'open my $g, ">", "giant"; truncate $g, 60 * 1024 * 1024'
    const run = phase(perl(`${many}; ${giant}`), { cpuTimeMs: 30_000, wallTimeMs: 40_000 })
    const shape = { memoryBytes: 640 * mebibyte, tmpfsBytes: 512 * mebibyte }
    return afterRun({ image, run, shape }, async left => {
      const before = performance.now()
      const collected = await left.collect({ patterns: ['**/*'], limits: { files: 10 } })
      expect(performance.now() - before).toBeLessThan(5_000)
      expect(pathsOf(collected)).toEqual(Array.from({ length: 10 }, (_, n) => `d/${String(n + 1).padStart(6, '0')}`))
      expect(collected.leftOut).toHaveLength(100)
      expect(collected.leftOutInAll).toBe(100_000 - 10 + 1)
      const [giant] = (await left.collect({ patterns: ['giant'], limits: { fileBytes: 1_000 } })).files
      expect([giant?.size, giant?.content.length]).toEqual([60 * mebibyte, 1_000])
    })
  }, 60_000)

  it('leaves a container that still proves that it is clean', () =>
    after('echo x > a; mkdir b; echo y > b/c', async left => {
      expect(pathsOf(await left.collect({ patterns: ['**'] }))).toEqual(['a', 'b/c'])
      expect(await left.session.reset(60_017)).toMatchObject(E.right({ processes: 1, entries: 3, uid: 60_017 }))
      expect(await left.collect({ patterns: ['**'] })).toEqual({ files: [], leftOut: [], leftOutInAll: 0 })
    }))
})
