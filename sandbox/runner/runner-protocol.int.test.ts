import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { createFrameParser, type RunnerFrame } from './frame-parser.ts'
import type { PhaseSpec } from './phase-spec.ts'
import { openRunnerSession } from './runner-session.ts'
import { perl, phase, sh } from './test-phase.ts'
import { deaf, nothing, useRunner } from './use-runner.ts'

describe('a runner and its host', () => {
  const runner = useRunner()

  const compileAndRun = async (compile: PhaseSpec, run: PhaseSpec) => {
    const session = await runner.openSession()
    const seen: string[] = []
    const outcome = await session.run(
      {
        files: [{ name: 'source', content: Buffer.from('made by the compiler') }],
        stdin: Buffer.from('for the program'),
        compile,
        run,
        betweenPhases: async () => {
          seen.push('between')
        },
      },
      {
        compiled: ({ output }) => seen.push(`compiled: ${Buffer.from(output)}`),
        output: ({ bytes }) => seen.push(Buffer.from(bytes).toString()),
      },
    )
    return { outcome, seen }
  }

  it('compile, pause and run, the product still there', async () => {
    const { outcome, seen } = await compileAndRun(phase(sh('cp source product; wc -c')), phase(sh('cat product -')))
    expect(outcome).toMatchObject(E.right({ compile: { exitCode: 0 }, run: { exitCode: 0 } }))
    expect(seen.join('|')).toMatch(/^compiled: 0\n\|between\|made by the compiler\|?for the program$/)
  })

  it('do not run what did not compile', async () => {
    const { outcome, seen } = await compileAndRun(phase(sh('echo bad >&2; exit 1')), phase(['true']))
    expect(outcome).toMatchObject(E.right({ compile: { exitCode: 1 }, run: null }))
    expect(seen).toEqual(['compiled: bad\n'])
  })

  it('say why a product is no program', async () => {
    const { outcome } = await compileAndRun(phase(['chmod', '+x', 'source']), phase(['./source']))
    expect(outcome).toMatchObject(E.right({ run: { spawnError: 'ENOEXEC', exitCode: null, signal: null } }))
  })

  it('leave nothing of the compiler running', async () => {
    const { seen } = await compileAndRun(
      phase(perl('if (!fork) { sleep 100 }')),
      phase(sh('set -- /proc/[0-9]*; echo $#')),
    )
    // The runner and sh.
    expect(seen.at(-1)).toBe('2\n')
  })

  it('part when the host hangs up in the middle of a run', async () => {
    const session = await runner.openSession()
    const started = Promise.withResolvers<void>()
    const outcome = session.run(
      {
        files: [],
        stdin: new Uint8Array(),
        compile: null,
        run: phase(perl('syswrite STDOUT, "on"; 1 while 1')),
        betweenPhases: async () => undefined,
      },
      { compiled: () => undefined, output: () => started.resolve() },
    )
    await started.promise
    runner.container().hangUp()
    expect(await outcome).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(await runner.container().ended).toBe(1)
  })

  it('part when the host hangs up before a run', async () => {
    await (await runner.openSession()).ready
    runner.container().hangUp()
    expect(await runner.container().ended).toBe(1)
  })

  it('part when the host hangs up while more lies behind a run', async () => {
    const session = await runner.openSession()
    const began = Promise.withResolvers<void>()
    const run = phase(perl('syswrite STDOUT, "on"; 1 while 1'))
    const outcome = session.run({ ...nothing, run }, { compiled: () => undefined, output: () => began.resolve() })
    await began.promise
    // More than the runner's own pipe holds.
    const files = [{ name: 'large', content: Buffer.alloc(300_000) }]
    const { ended } = session.follow(60_900, { ...nothing, files, run: phase(['true']) }, deaf)
    runner.container().hangUp()
    expect(await outcome).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(await ended).toMatchObject({ left: { _tag: 'RunnerFault' } })
    expect(await runner.container().ended).toBe(1)
  })

  it('tell what a run wrote soon, although more lies behind it', async () => {
    const session = await runner.openSession()
    await session.ready
    const first = session.run({ ...nothing, run: phase(['true']) }, deaf)
    const heard = Promise.withResolvers<string>()
    const run = phase(perl('syswrite STDOUT, "on"; sleep 100'))
    const hearing = { output: ({ bytes }: { bytes: Uint8Array }) => heard.resolve(Buffer.from(bytes).toString()) }
    const { clean } = session.follow(60_900, { ...nothing, run }, hearing)
    session.follow(60_901, { ...nothing, run: phase(['true']) }, deaf)
    expect(await first).toMatchObject(E.right({ run: { exitCode: 0 } }))
    expect(await clean).toMatchObject(E.right({}))
    expect(await heard.promise).toBe('on')
  })

  it('tell nobody in particular that a run has begun, where a reset lies behind it', async () => {
    const { channel } = await runner.open()
    const told: Array<ReadonlyArray<string>> = []
    const tell = ({ frames }: Readonly<{ frames: ReadonlyArray<RunnerFrame> }>) =>
      told.push(frames.map(({ _tag }) => _tag))
    const parser = createFrameParser()
    const onData: typeof channel.onData = listener =>
      channel.onData(bytes => {
        tell(parser.push(bytes))
        listener(bytes)
      })
    const session = openRunnerSession({ ...channel, onData })
    await session.ready
    const spec = { ...nothing, run: phase(sh('sleep 0.1; echo on')), nextUid: 60_900 }
    expect(await session.run(spec, deaf)).toMatchObject(E.right({ run: { exitCode: 0 } }))
    expect(await session.reset(60_901)).toMatchObject(E.right({ processes: 1, uid: 60_900 }))
    expect(told.slice(1, 2)).toStrictEqual([expect.arrayContaining(['Started', 'Output'])])
  })

  it('part over a malformed frame behind a run', async () => {
    const session = await runner.openSession()
    await session.ready
    const first = session.run({ ...nothing, run: phase(['true']) }, deaf)
    session.follow(60_900, { ...nothing, run: phase(['true']) }, deaf)
    runner.container().channel.write(Buffer.from([0x06, 0, 0, 0, 0]))
    expect(await first).toMatchObject(E.right({ run: { exitCode: 0 } }))
    expect(await runner.container().ended).toBe(2)
  })

  const asleep = { ...nothing, run: phase(perl('$| = 1; print "on"; sleep 100')) }

  it.each([
    ['that stops a program', 19],
    ['that is taken for a limit', 24],
    ['without a number', 0],
    ['of a number nobody knows', 255],
  ])('part over a signal %s', async (_, number) => {
    const session = await runner.openSession()
    const begun = Promise.withResolvers<void>()
    const outcome = session.run(asleep, { compiled: () => undefined, output: () => begun.resolve() })
    await begun.promise
    runner.container().channel.write(Buffer.from([0x60, 0, 0, 0, 1, number]))
    expect(await outcome).toMatchObject({ left: { message: expect.stringContaining('signal not allowed') } })
    expect(await runner.container().ended).toBe(2)
  })

  it('go on after a signal that came when the program had ended', async () => {
    const session = await runner.openSession()
    await session.ready
    runner.container().channel.write(Buffer.from([0x60, 0, 0, 0, 1, 9]))
    const outcome = await session.run({ ...nothing, run: phase(['true']) }, deaf)
    expect(outcome).toMatchObject(E.right({ run: { exitCode: 0 } }))
  })

  it.each([
    ['of unknown type', Buffer.from([0x7f, 0, 0, 0, 0])],
    ['too long', Buffer.from([0x04, 0x7f, 0xff, 0xff, 0xff])],
    ['out of turn', Buffer.from([0x06, 0, 0, 0, 0])],
    ['leading out of the box', Buffer.from([0x01, 0, 0, 0, 9, 0, 0, 0, 0, ...Buffer.from('a/../')])],
    ['of a phase without a program', Buffer.concat([Buffer.from([0x03, 0, 0, 0, 36]), Buffer.alloc(36, 1)])],
  ])('part over a frame %s', async (_, bytes) => {
    await (await runner.openSession()).ready
    runner.container().channel.write(bytes)
    expect(await runner.container().ended).toBe(2)
  })
})
