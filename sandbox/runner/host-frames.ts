import type { SourceFile } from '../sandbox.ts'
import type { PhaseSpec } from './phase-spec.ts'

const HEADER_BYTES = 5
const DATA_BYTES = 65_536
export const KEEP_BYTES = 256 * 1024

/** Throws RangeError for what the field cannot hold. */
const uint = (bytes: 2 | 4 | 8, value: number): Buffer => {
  const field = Buffer.alloc(bytes)
  if (bytes === 8) field.writeBigUInt64BE(BigInt(value))
  else field.writeUIntBE(value, 0, bytes)
  return field
}

const frame = (type: number, ...payload: ReadonlyArray<Uint8Array>): Buffer => {
  const length = payload.reduce((sum, part) => sum + part.length, 0)
  return Buffer.concat([Buffer.of(type), uint(4, length), ...payload])
}

const text = (value: string): ReadonlyArray<Buffer> => {
  const bytes = Buffer.from(`${value}\0`, 'utf8')
  return [uint(4, bytes.length), bytes]
}

const pieces = (type: number, bytes: Uint8Array): ReadonlyArray<Buffer> =>
  Array.from({ length: Math.ceil(bytes.length / DATA_BYTES) }, (_, i) =>
    frame(type, bytes.subarray(i * DATA_BYTES, (i + 1) * DATA_BYTES)),
  )

export const fileFrames = ({ name, content, isExecutable }: SourceFile): ReadonlyArray<Buffer> => [
  frame(isExecutable === true ? 0x08 : 0x01, uint(4, content.length), Buffer.from(name, 'utf8')),
  ...pieces(0x02, content),
]

/** How long all of a file's frames are. */
export const fileFramesBytes = ({ name, content }: SourceFile): number =>
  HEADER_BYTES + 4 + Buffer.byteLength(name) + content.length + HEADER_BYTES * Math.ceil(content.length / DATA_BYTES)

/** Files by their own frames, for the runner to keep: at most `KEEP_BYTES` of these. */
export const keepFrame = (frames: ReadonlyArray<Uint8Array>): Buffer => frame(0x09, ...frames)

export const putBackFrame = frame(0x0a)

export const phaseFrame = ({ argv, env, limits }: PhaseSpec): Buffer => {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return frame(
    0x03,
    uint(4, limits.wallTimeMs),
    uint(4, limits.cpuTimeMs),
    uint(8, limits.outputBytes),
    uint(8, limits.fileBytes),
    uint(8, limits.stackBytes),
    uint(2, argv.length),
    uint(2, variables.length),
    ...[...argv, ...variables].flatMap(text),
  )
}

export const stdinFrames = (bytes: Uint8Array): ReadonlyArray<Buffer> => pieces(0x04, bytes)

export const stdinEndFrame = frame(0x05)

export const startFrame = frame(0x06)

/** `signal` by its number on Linux. */
export const signalFrame = (signal: number): Buffer => frame(0x60, Buffer.of(signal))

export const resetFrame = (uid: number): Buffer => frame(0x07, uint(4, uid))
