import type { RunReport, Sandbox, SandboxFault } from '@runledger/sandbox/sandbox.ts'
import type { Meter } from '@runledger/shared-kernel/metrics/meter.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

const instrumentsOf = (meter: Meter) => ({
  ended: meter.counter({
    name: 'runledger_programs_total',
    help: 'Programs that ended, each test case by itself',
    labels: ['language', 'outcome'],
  }),
  wall: meter.histogram({
    name: 'runledger_program_wall_seconds',
    help: 'How long programs ran, without their compilation',
    labels: ['language'],
    buckets,
  }),
  cpu: meter.counter({
    name: 'runledger_program_cpu_seconds_total',
    help: 'CPU time of programs, without their compilation',
    labels: ['language'],
  }),
  faults: meter.counter({
    name: 'runledger_sandbox_faults_total',
    help: 'Runs of which nothing could be concluded',
    labels: ['kind'],
  }),
})

/** A sandbox that counts what runs in it. */
export const measuredSandbox = (sandbox: Sandbox, meter: Meter): Sandbox => {
  const { ended, wall, cpu, faults } = instrumentsOf(meter)

  const note = (language: string, { outcome, usage }: RunReport): void => {
    ended({ language, outcome }, 1)
    if (usage === null) return
    wall({ language }, usage.wallMs / 1000)
    cpu({ language }, usage.cpuMs / 1000)
  }

  const noted =
    <Report extends RunReport | null>(
      language: string,
      run: TaskEither<SandboxFault, Report>,
    ): TaskEither<SandboxFault, Report> =>
    async () => {
      const answer = await run()
      if (isLeft(answer)) faults({ kind: answer.left.kind }, 1)
      else if (answer.right !== null) note(language, answer.right)
      return answer
    }

  return {
    ...sandbox,
    run: (request, listener, signal) => noted(request.language, sandbox.run(request, listener, signal)),
    runCases: (request, listener, signal) => {
      const caseEnded = (report: RunReport): boolean => {
        note(request.language, report)
        return listener.ended(report)
      }
      return noted(request.language, sandbox.runCases(request, { ...listener, ended: caseEnded }, signal))
    },
  }
}
