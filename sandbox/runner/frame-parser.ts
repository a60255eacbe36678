import type { StreamName } from '../sandbox.ts'
import { CLEAN_BYTES, type CleanProof, decodeCleanProof } from './clean-proof.ts'
import { type CollectFrame, collectShapes } from './collect-frames.ts'
import { decodePhaseResult, type PhaseResult, RESULT_BYTES } from './phase-result.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

export type RunnerFrame =
  | Readonly<{ _tag: 'Hello'; version: number; stdinWindow: number }>
  | Readonly<{ _tag: 'Started' }>
  | Readonly<{ _tag: 'Output'; stream: StreamName; at: number; bytes: Uint8Array }>
  | Readonly<{ _tag: 'StdinCredit'; bytes: number }>
  | Readonly<{ _tag: 'Result'; result: PhaseResult }>
  | Readonly<{ _tag: 'Error'; message: string }>
  | Readonly<{ _tag: 'Clean'; proof: CleanProof }>
  | CollectFrame
  | Readonly<{ _tag: 'StdinClosed' }>
  | Readonly<{ _tag: 'SignalSent' }>

type FrameShape = Readonly<{ min: number; max: number; decode: (payload: Buffer) => RunnerFrame | null }>

const HEADER_BYTES = 5
const DATA_BYTES = 65_536

const output = (stream: StreamName): FrameShape => ({
  min: 5,
  max: 4 + DATA_BYTES,
  decode: payload => ({ _tag: 'Output', stream, at: payload.readUInt32BE(0), bytes: payload.subarray(4) }),
})

const exactly = (length: number, decode: FrameShape['decode']): FrameShape => ({ min: length, max: length, decode })

const resultFrame = (payload: Buffer): RunnerFrame | null => {
  const result = decodePhaseResult(payload)
  return result === null ? null : { _tag: 'Result', result }
}

const SHAPES: ReadonlyMap<number, FrameShape> = new Map([
  [0x81, exactly(6, p => ({ _tag: 'Hello', version: p.readUInt16BE(0), stdinWindow: p.readUInt32BE(2) }))],
  [0x82, exactly(0, () => ({ _tag: 'Started' }))],
  [0x83, output('stdout')],
  [0x84, output('stderr')],
  [0x85, exactly(4, p => ({ _tag: 'StdinCredit', bytes: p.readUInt32BE(0) }))],
  [0x86, exactly(RESULT_BYTES, resultFrame)],
  [0x87, { min: 0, max: 1024, decode: p => ({ _tag: 'Error', message: p.toString('utf8') }) }],
  [0x88, exactly(CLEAN_BYTES, p => ({ _tag: 'Clean', proof: decodeCleanProof(p) }))],
  ...collectShapes,
  [0xe0, exactly(0, () => ({ _tag: 'StdinClosed' }))],
  [0xe1, exactly(0, () => ({ _tag: 'SignalSent' }))],
])

/** Frames that bytes completed, in order; with a fault, those before it. */
type Parsed = Readonly<{ frames: ReadonlyArray<RunnerFrame>; fault: RunnerFault | null }>

/** Takes the runner's bytes in any pieces; how they are cut changes nothing. After a fault it stays at fault. */
export type FrameParser = Readonly<{ push: (bytes: Buffer) => Parsed }>

/** A frame begun but not complete: filled in place, so that each byte is copied once at most. */
type Incomplete = { readonly bytes: Buffer; filled: number }

const shapeOf = (header: Buffer): FrameShape | null => {
  const shape = SHAPES.get(header.readUInt8(0))
  const length = header.readUInt32BE(1)
  return shape !== undefined && length >= shape.min && length <= shape.max ? shape : null
}

const malformed = runnerFault('malformed frame from the runner')

const fill = (incomplete: Incomplete, bytes: Buffer): Buffer => {
  const taken = bytes.copy(incomplete.bytes, incomplete.filled)
  incomplete.filled += taken
  return bytes.subarray(taken)
}

export const createFrameParser = (): FrameParser => {
  const header: Incomplete = { bytes: Buffer.alloc(HEADER_BYTES), filled: 0 }
  let open: { shape: FrameShape; payload: Incomplete } | null = null
  let fault: RunnerFault | null = null

  const readHeader = (bytes: Buffer): Buffer => {
    const rest = fill(header, bytes)
    if (header.filled < HEADER_BYTES) return rest
    const shape = shapeOf(header.bytes)
    if (shape === null) fault = malformed
    else open = { shape, payload: { bytes: Buffer.allocUnsafe(header.bytes.readUInt32BE(1)), filled: 0 } }
    header.filled = 0
    return rest
  }

  const completed = (): RunnerFrame | null => {
    if (open === null || open.payload.filled < open.payload.bytes.length) return null
    const frame = open.shape.decode(open.payload.bytes)
    open = null
    if (frame === null) fault = malformed
    return frame
  }

  const push = (bytes: Buffer): Parsed => {
    const frames: RunnerFrame[] = []
    for (let rest = bytes; rest.length > 0 && fault === null; ) {
      rest = open === null ? readHeader(rest) : fill(open.payload, rest)
      const frame = completed()
      if (frame !== null) frames.push(frame)
    }
    return { frames, fault }
  }

  return { push }
}
