import { presentFiles } from './present-files.ts'
import { presentTests } from './present-tests.ts'
import type { Content, OpenResult, Result } from './result.ts'
import { writtenText } from './written-text.ts'

const pendingMessage = 'Code execution is still pending'

type Known = Omit<Result, 'content'>

const phase = ({ body }: Known): 'queued' | 'running' | 'done' => {
  if (body.status !== 'pending') return 'done'
  return body.started === null ? 'queued' : 'running'
}

const presentProgress = (result: Known) => {
  const { version, body } = result
  return {
    submissionId: body.submissionId,
    status: body.status,
    phase: phase(result),
    lang: body.requestedLanguage,
    language: {
      name: body.language,
      version: body.started?.languageVersion ?? null,
      image: body.started?.imageDigest ?? null,
    },
    limits: body.limits,
    compileLimits: body.compileLimits,
    ...(body.outputLimits === undefined ? {} : { outputLimits: body.outputLimits }),
    attempt: body.attempt,
    replayOf: body.replayOf,
    receivedAt: body.receivedAt,
    startedAt: body.started?.at ?? null,
    completedAt: body.endedAt,
    version,
  }
}

const presentProgram = ({ input }: Content) =>
  input.form === 'code'
    ? { code: input.files[0]?.content ?? '', args: input.args }
    : { files: input.files, entry: input.entry, args: input.args }

const presentCompilation = ({ body }: Known, content: Content | null) => {
  if (body.compilation === null || content === null) return body.compilation
  const { texts, encoding } = writtenText(content.output, ['compiler'])
  const { exitCode, signal, truncated, usage, cached } = body.compilation
  return { exitCode, signal, output: texts[0] ?? '', encoding, truncated, usage, cached }
}

const presentVerdict = ({ body }: Known) => ({
  outcome: body.verdict?.outcome ?? (body.status === 'failed' ? 'internal_error' : null),
  reason: body.verdict?.reason ?? body.error,
  exitCode: body.verdict?.exitCode ?? null,
  signal: body.verdict?.signal ?? null,
  usage: body.verdict?.usage ?? null,
  truncated: body.verdict?.truncated ?? { stdout: false, stderr: false },
})

const presentError = ({ body }: Known) =>
  body.status === 'failed' ? { error: `The program could not be run: ${body.error}` } : {}

const presentContent = (content: Content) => {
  const { texts, encoding } = writtenText(content.output, ['stdout', 'stderr'])
  return {
    ...presentProgram(content),
    stdInput: content.input.stdin.content,
    stdInputEncoding: content.input.stdin.encoding,
    stdOutput: texts[0] ?? '',
    stdError: texts[1] ?? '',
    encoding,
  }
}

/** The answer to a client: progress while it is pending, everything once it has ended, but for what was erased. */
export const presentResult = (result: OpenResult): Readonly<Record<string, unknown>> => {
  const { content, erased } = result
  if (content === null && !erased) return { message: pendingMessage, ...presentProgress(result) }
  return {
    ...(content === null ? { erased } : presentContent(content)),
    ...presentProgress(result),
    ...presentVerdict(result),
    ...presentTests(result),
    ...presentFiles(result),
    compile: presentCompilation(result, content),
    ...presentError(result),
  }
}
