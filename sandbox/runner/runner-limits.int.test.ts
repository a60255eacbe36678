import { beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from './test-container.ts'
import { perl, sh } from './test-phase.ts'
import { runInContainer, type TestRun } from './test-run.ts'

const mebibyte = 1024 * 1024
const hog = 'my $x = "a" x 500_000_000'

// A busy machine may wake the runner late once, but not each time; a limit that does not hold never does.
const timed = { retry: 4 }

describe('a program that goes too far', () => {
  let image = ''
  const run = (spec: TestRun) => runInContainer(image, spec)
  beforeAll(async () => {
    image = await runnerImage()
  }, 600_000)

  it('is killed at its CPU limit', timed, async () => {
    const report = await run({ argv: perl('1 while 1'), limits: { cpuTimeMs: 300 } })
    expect(report).toMatchObject({ limit: 'cpu', signal: 'SIGKILL' })
    expect(report.usage.cpuMs).toBeGreaterThanOrEqual(300)
    expect(report.usage.cpuMs).toBeLessThan(350)
  })

  it('is charged for all its processes', timed, async () => {
    const report = await run({ argv: perl('fork; fork; 1 while 1'), limits: { cpuTimeMs: 300 } })
    expect(report.limit).toBe('cpu')
    expect(report.usage.cpuMs).toBeLessThan(400)
  })

  it('is told what it did itself from what the kernel did for it', timed, async () => {
    const busy = await run({ argv: perl('1 while 1'), limits: { cpuTimeMs: 400 } })
    expect(busy.usage.cpuUserMs).toBeGreaterThan(0.8 * busy.usage.cpuMs)
    const calling = await run({ argv: sh('exec cat /dev/zero > /dev/null'), limits: { cpuTimeMs: 400 } })
    expect(calling.usage.cpuSystemMs).toBeGreaterThan(0.5 * calling.usage.cpuMs)
    expect(calling.usage.cpuUserMs + calling.usage.cpuSystemMs).toBe(calling.usage.cpuMs)
  })

  it('is charged what it used, to a twentieth', timed, async () => {
    const code = 'my ($u, $s) = (0, 0); while ($u + $s < 1) { $y++ for 1 .. 1e5; ($u, $s) = times } print $u + $s'
    const report = await run({ argv: perl(code), limits: { wallTimeMs: 60_000 } })
    const usedMs = 1_000 * Number(report.out)
    expect(usedMs).toBeGreaterThanOrEqual(1_000)
    expect(Math.abs(report.usage.cpuMs - usedMs)).toBeLessThan(usedMs / 20)
  })

  it.each([
    ['sleeps', 'sleep 60'],
    ['stops itself', 'kill "STOP", $$; sleep 60'],
    ['ignores every signal it can', '$SIG{$_} = "IGNORE" for keys %SIG; sleep 60'],
    ['stops its group', 'kill "STOP", 0; sleep 60'],
  ])('is killed at its wall limit when it %s', timed, async (_, code) => {
    const report = await run({ argv: perl(code), limits: { wallTimeMs: 300 } })
    expect(report).toMatchObject({ limit: 'wall', signal: 'SIGKILL' })
    expect(report.usage.wallMs).toBeGreaterThanOrEqual(300)
    expect(report.usage.wallMs).toBeLessThan(400)
  })

  it('is bounded when it forks without end', timed, async () => {
    const report = await run({ argv: perl('fork while 1'), limits: { wallTimeMs: 500 } })
    expect(report.limit).toBe('wall')
    expect(report.pidsRefused).toBeGreaterThan(0)
    expect(report.usage.wallMs).toBeLessThan(1_500)
  })

  it('is killed for memory', async () => {
    const report = await run({ argv: perl(hog) })
    expect(report).toMatchObject({ limit: 'memory', signal: 'SIGKILL', oomKills: 1 })
    expect(report.usage).toMatchObject({ memoryBytes: 128 * mebibyte, memorySource: 'cgroup' })
  })

  it('is killed for memory before the runner, even in many small pieces that hide', async () => {
    const hide = 'open my $f, ">", "/proc/self/oom_score_adj"; print $f 0; close $f'
    const report = await run({
      argv: perl(`${hide}; for (1 .. 20) { last if !fork } my $x = "a" x 10_000_000; sleep 3`),
    })
    expect(report.limit).toBe('memory')
  })

  it('is over its memory when only a child is', async () => {
    const report = await run({ argv: sh(`perl -e '${hog}'; exit 0`) })
    expect(report).toMatchObject({ limit: 'memory', exitCode: 0, oomKills: 1 })
  })

  it('is reported even when its files hold all memory', async () => {
    const report = await run({
      argv: sh('cat /dev/zero > /box/a; cat /dev/zero > /tmp/b; echo still here'),
      limits: { fileBytes: 1024 * mebibyte },
      shape: { memoryBytes: 32 * mebibyte, tmpfsBytes: 64 * mebibyte },
    })
    expect(report.limit).toBe('memory')
  })

  it('gets a signal for a file that is too large', async () => {
    const report = await run({ argv: sh('exec cat /dev/zero > large'), limits: { fileBytes: mebibyte } })
    expect(report).toMatchObject({ limit: null, signal: 'SIGXFSZ' })
  })

  it.each([
    [256, 'SIGSEGV'],
    [16 * 1024, null],
  ])('has the stack it is given: %i KiB', async (kibibytes, signal) => {
    const code = 'f() { [ $1 -gt 3000 ] || f $(($1 + 1)); }; ulimit -s; f 0'
    const report = await run({ argv: sh(code), limits: { stackBytes: kibibytes * 1024 } })
    expect(report).toMatchObject({ signal, limit: null })
    expect(report.out.toString()).toBe(`${kibibytes}\n`)
  })

  it('dies of the signal it died of', async () => {
    expect(await run({ argv: perl('kill "SEGV", $$; sleep 9') })).toMatchObject({ signal: 'SIGSEGV', exitCode: null })
  })
})
