import type { Owner, RunRequest } from '@runledger/sandbox/sandbox.ts'
import type { SubmissionReceived } from '@runledger/shared-kernel/domain-events/submission-received.ts'
import { decodeBytes } from '@runledger/shared-kernel/types/encoded-bytes.ts'

type Placing = Readonly<{ image: string; owner: Owner; tenant: string }>

export const runRequest = (received: SubmissionReceived['data'], { image, owner, tenant }: Placing): RunRequest => ({
  language: received.language,
  image,
  files: received.files.map(file => ({ name: file.name, content: decodeBytes(file) })),
  entry: received.entry,
  args: received.args,
  compileArgs: received.compileArgs ?? [],
  stdin: decodeBytes(received.stdin),
  limits: received.limits,
  compileLimits: received.compileLimits,
  ...wanted(received),
  owner,
  tenant,
})

const wanted = ({ outputs, outputLimits }: SubmissionReceived['data']): Pick<RunRequest, 'outputs'> =>
  outputs === undefined || outputLimits === undefined ? {} : { outputs: { patterns: outputs, limits: outputLimits } }
