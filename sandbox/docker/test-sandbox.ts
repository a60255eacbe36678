import { randomUUID } from 'node:crypto'
import type Dockerode from 'dockerode'
import type { Either } from 'fp-ts/lib/Either.js'
import type { LanguageDefinition } from '../languages/language-definition.ts'
import type { Compilation, Limits, RunReport, RunRequest, Sandbox, SandboxFault } from '../sandbox.ts'
import { ownerLabels } from './container-options.ts'
import { createDockerSandbox, type DockerSandboxOptions } from './docker-sandbox.ts'

const mebibyte = 1024 * 1024

export const testLimits: Limits = {
  cpuTimeMs: 10_000,
  wallTimeMs: 20_000,
  memoryBytes: 96 * mebibyte,
  processes: 24,
  outputBytes: mebibyte,
  fileBytes: 256 * mebibyte,
  tmpfsBytes: 32 * mebibyte,
  stackBytes: 8 * mebibyte,
}

const language = (name: string, change: Partial<LanguageDefinition>): LanguageDefinition => ({
  name,
  aliases: [],
  fileName: 'main.sh',
  sourceSuffixes: [],
  compile: null,
  sizedByLimits: false,
  run: { argv: ['/bin/sh', '{entry}', '{args}'] },
  env: {},
  runFactors: {},
  compileFactors: {},
  versionArgv: ['true'],
  npmPackages: [],
  selfTest: [],
  ...change,
})

/** What the bare runner image speaks: `built` runs its source once to compile and once to run. */
const languages: Readonly<Record<string, LanguageDefinition>> = {
  sh: language('sh', {}),
  perl: language('perl', { run: { argv: ['/usr/bin/perl', '{entry}'] } }),
  built: language('built', { compile: { argv: ['/bin/sh', '{entry}', 'compile', '{options}'], options: ['-x'] } }),
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const testOwner = () => ({ logId: `test-${randomUUID()}`, workerId: 'worker', incarnation: randomUUID() })

export const testSandbox = (docker: Dockerode, digest: string, change: Partial<DockerSandboxOptions> = {}): Sandbox =>
  createDockerSandbox({
    docker,
    images: {
      find: name => {
        const definition = languages[name]
        return definition === undefined ? null : { definition, digest, version: '1' }
      },
    },
    owner: testOwner(),
    concurrency: 2,
    languages: [],
    usual: { limits: testLimits, compileLimits: testLimits },
    cpus: 1,
    reuse: null,
    cache: null,
    runtime: process.env['SANDBOX_RUNTIME'] || null,
    log: silent,
    ...change,
  })

export type Ran = Readonly<{
  result: Either<SandboxFault, RunReport>
  stdout: string
  stderr: string
  compilation: Compilation | null
}>

export type RunChange = Omit<Partial<RunRequest>, 'limits' | 'compileLimits'> &
  Readonly<{ limits?: Partial<Limits>; compileLimits?: Partial<Limits>; signal?: AbortSignal; onOutput?: () => void }>

export const runCode = async (sandbox: Sandbox, code: string, change: RunChange = {}): Promise<Ran> => {
  const { signal = new AbortController().signal, onOutput, limits, compileLimits, ...rest } = change
  const written: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] }
  let compilation: Compilation | null = null
  const request: RunRequest = {
    language: 'sh',
    image: null,
    files: [{ name: 'main.sh', content: Buffer.from(code) }],
    entry: 'main.sh',
    args: [],
    stdin: new Uint8Array(),
    owner: { submission: randomUUID(), attempt: 1, budgetMs: 60_000 },
    ...rest,
    limits: { ...testLimits, ...limits },
    compileLimits: { ...testLimits, ...compileLimits },
  }
  const listener = {
    compiled: (compiled: Compilation) => {
      compilation = compiled
    },
    output: ({ stream, bytes }: Readonly<{ stream: 'stdout' | 'stderr'; bytes: Uint8Array }>) => {
      written[stream].push(bytes)
      onOutput?.()
    },
  }
  const result = await sandbox.run(request, listener, signal)()
  const [stdout, stderr] = [written.stdout, written.stderr].map(bytes => Buffer.concat(bytes).toString())
  return { result, stdout: stdout ?? '', stderr: stderr ?? '', compilation }
}

export const containersOf = async (docker: Dockerode, logId: string): Promise<ReadonlyArray<Dockerode.ContainerInfo>> =>
  docker.listContainers({ all: true, filters: { label: [`${ownerLabels.log}=${logId}`] } })
