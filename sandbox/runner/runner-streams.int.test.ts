import { beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from './test-container.ts'
import { perl, sh } from './test-phase.ts'
import { runInContainer, type TestRun } from './test-run.ts'

const mebibyte = 1024 * 1024
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

describe('a program in a container', () => {
  let image = ''
  const run = (spec: TestRun) => runInContainer(image, spec)
  beforeAll(async () => {
    image = await runnerImage()
  }, 600_000)

  it('writes to stdout and stderr apart and ends with its exit code', async () => {
    const report = await run({ argv: sh('echo out; echo err >&2; exit 3') })
    expect(report).toMatchObject({ exitCode: 3, signal: null, limit: null, spawnError: null })
    expect([report.out.toString(), report.err.toString()]).toEqual(['out\n', 'err\n'])
    expect(report.stdout).toEqual({ bytes: 4, truncated: false })
  })

  it('gets stdin byte for byte, then its end', async () => {
    const stdin = Buffer.concat(Array.from({ length: 2000 }, () => everyByte))
    const report = await run({ argv: ['cat'], stdin })
    expect(report.out.equals(stdin)).toBe(true)
  })

  it('gets more stdin than the runner holds', async () => {
    const report = await run({ argv: ['wc', '-c'], stdin: Buffer.alloc(10 * mebibyte, 7) })
    expect(report.out.toString().trim()).toBe(String(10 * mebibyte))
  })

  it('may leave 10 MiB of stdin unread', async () => {
    expect(await run({ argv: ['true'], stdin: Buffer.alloc(10 * mebibyte) })).toMatchObject({ exitCode: 0 })
  })

  it('may close stdin and go on', async () => {
    const argv = sh('exec <&-; echo on')
    expect((await run({ argv, stdin: Buffer.alloc(mebibyte) })).out.toString()).toBe('on\n')
  })

  it('sees the end of an empty stdin', async () => {
    expect((await run({ argv: ['wc', '-c'] })).out.toString()).toBe('0\n')
  })

  it('opens its streams by path', async () => {
    const argv = sh('cat /dev/stdin > /dev/stdout; echo err > /dev/stderr')
    const report = await run({ argv, stdin: everyByte })
    expect([report.out.equals(everyByte), report.err.toString()]).toEqual([true, 'err\n'])
  })

  it('is not finished when it closes its output', async () => {
    const report = await run({ argv: perl('close STDOUT; close STDERR; select undef, undef, undef, 0.2; exit 5') })
    expect(report.exitCode).toBe(5)
    expect(report.usage.wallMs).toBeGreaterThanOrEqual(200)
  })

  it('is finished when its main process is, whoever holds its output', async () => {
    const daemon = 'use POSIX; if (!fork) { setsid; if (!fork) { sleep 100 } exit } syswrite STDOUT, "main"'
    const report = await run({ argv: perl(daemon) })
    expect([report.exitCode, report.out.toString()]).toEqual([0, 'main'])
    expect(report.usage.wallMs).toBeLessThan(2_000)
  })

  it('finds its files, below directories made for them', async () => {
    const files = [
      { name: 'a/b/deep.txt', content: Buffer.from('deep') },
      { name: 'empty', content: new Uint8Array() },
      { name: 'large', content: Buffer.alloc(mebibyte, 1) },
    ]
    const report = await run({ argv: sh('pwd; cat a/b/deep.txt; stat -c " %s %u" empty large'), files })
    expect(report.out.toString()).toBe(`/box\ndeep 0 60000\n ${mebibyte} 60000\n`)
  })

  it('is not started where its files do not fit', async () => {
    const files = [{ name: 'large', content: Buffer.alloc(2 * mebibyte) }]
    const report = await run({ argv: ['true'], files, shape: { tmpfsBytes: mebibyte } })
    expect(report).toMatchObject({ spawnError: 'ENOSPC', exitCode: null, signal: null })
  })

  it.each([
    ['ENOENT', ['no-such-program']],
    ['ENOENT', ['./no-such-program']],
    ['EACCES', ['./script']],
    ['EACCES', ['/box']],
  ])('is not started: %s', async (errno, argv) => {
    const files = [{ name: 'script', content: Buffer.from('#!/bin/sh') }]
    expect(await run({ argv, files })).toMatchObject({ spawnError: errno, exitCode: null, signal: null })
  })

  it('is killed at its output limit, of which every byte is kept', async () => {
    const report = await run({ argv: sh('exec cat /dev/zero') })
    expect(report).toMatchObject({ limit: 'output', stdout: { bytes: mebibyte, truncated: true } })
    expect(report.out.length).toBe(mebibyte)
  })

  it('may write exactly its output limit', async () => {
    const report = await run({ argv: ['head', '-c', String(mebibyte), '/dev/zero'] })
    expect(report).toMatchObject({ limit: null, exitCode: 0, stdout: { bytes: mebibyte, truncated: false } })
  })

  it('writes a million single bytes cheaply, in few frames', async () => {
    const report = await run({ argv: perl('syswrite STDOUT, "x" for 1 .. 1_000_000') })
    expect(report.stdout).toEqual({ bytes: 1_000_000, truncated: false })
    expect(report.usage.cpuMs).toBeLessThan(2_000)
    expect(report.frames).toBeLessThan(10 + report.usage.wallMs)
  })
})
