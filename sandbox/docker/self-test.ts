import { settledWithin } from '@runledger/shared-kernel/timing/settled-within.ts'
import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { SelfTestCase } from '../languages/self-test-case.ts'
import type { Limits, RunReport } from '../sandbox.ts'
import { createContainerDisposal } from './container-disposal.ts'
import { createContainerNames } from './container-names.ts'
import type { ContainerOwner } from './container-options.ts'
import { firstShape, type Program } from './program.ts'
import { runProgram } from './run-program.ts'
import type { SandboxLog } from './sandbox-log.ts'
import { startContainer } from './start-container.ts'

export type SelfTestOptions = Readonly<{
  docker: Dockerode
  owner: ContainerOwner
  cpus: number
  runtime: string | null
  log: SandboxLog
}>

const mebibyte = 1024 * 1024
// Whoever builds images may exit right after: nothing is left behind, unless the daemon will not have it.
const removalTimeoutMs = 10_000

const limits: Limits = {
  cpuTimeMs: 60_000,
  wallTimeMs: 120_000,
  memoryBytes: 1024 * mebibyte,
  processes: 256,
  outputBytes: mebibyte,
  fileBytes: 256 * mebibyte,
  tmpfsBytes: 512 * mebibyte,
  stackBytes: 64 * mebibyte,
}

/** Runs a definition's self-test on an image, each case in a container like any submission's. Left names the first that fails. */
export const createSelfTest = (options: SelfTestOptions) => {
  const { docker, log, owner } = options
  const disposal = createContainerDisposal(docker, log, () => undefined)
  const nameContainer = createContainerNames({ incarnation: `${owner.incarnation}-self-test` })

  const runCase = async (definition: LanguageDefinition, digest: string, test: SelfTestCase): Promise<Ended> => {
    const program = programOf(definition, test)
    const plan = { ...options, image: { language: definition.name, digest }, shape: firstShape(definition, program) }
    const started = await startContainer({ docker, log, discard: disposal.discard }, nameContainer(), plan)
    if (E.isLeft(started)) return E.left(started.left.message)
    const said = collect()
    const stage = { listener: said.listener, signal: new AbortController().signal }
    const report = await runProgram(started.right, definition, program, stage)
    started.right.hangUp()
    disposal.discard(started.right.name)
    return E.isLeft(report) ? E.left(report.left.message) : E.right({ report: report.right, ...said.text() })
  }

  return async (definition: LanguageDefinition, imageRef: string): Promise<E.Either<string, void>> => {
    for (const test of definition.selfTest) {
      const ended = await runCase(definition, imageRef, test)
      // Whoever builds images has nothing else to stay alive for between two tries at a removal.
      await settledWithin(removalTimeoutMs, [disposal.settled()])
      const problem = E.isLeft(ended) ? ended.left : mismatch(test, ended.right)
      if (problem !== null) return E.left(`${test.name}: ${problem}`)
    }
    return E.right(undefined)
  }
}

type Observed = Readonly<{ report: RunReport; stdout: string; complaint: string }>
type Ended = E.Either<string, Observed>

const programOf = (definition: LanguageDefinition, test: SelfTestCase): Program => ({
  files: [{ name: definition.fileName, content: test.code }, ...test.files].map(({ name, content }) => ({
    name,
    content: Buffer.from(content),
  })),
  entry: definition.fileName,
  args: test.args,
  stdin: Buffer.from(test.stdin),
  limits,
  compileLimits: limits,
})

const collect = () => {
  const stdout: Uint8Array[] = []
  const complaint: Uint8Array[] = []
  return {
    listener: {
      compiled: ({ output }: Readonly<{ output: Uint8Array }>) => void complaint.push(output),
      output: ({ stream, bytes }: Readonly<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array }>) =>
        void (stream === 'stdout' ? stdout : complaint).push(bytes),
    },
    text: () => ({ stdout: Buffer.concat(stdout).toString(), complaint: Buffer.concat(complaint).toString() }),
  }
}

const mismatch = (test: SelfTestCase, { report, stdout, complaint }: Observed): string | null => {
  const differs =
    report.outcome !== test.outcome ||
    (test.exitCode !== null && report.exitCode !== test.exitCode) ||
    (test.stdout !== null && stdout !== test.stdout)
  if (!differs) return null
  const seen = { outcome: report.outcome, reason: report.reason, exitCode: report.exitCode, stdout, complaint }
  return `expected ${test.outcome}, saw ${JSON.stringify(seen).slice(0, 1000)}`
}
