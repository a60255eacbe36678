import type { FilesWanted, LeftOutFile } from '../sandbox.ts'

/** What a runner says of the files it was asked for. */
export type CollectFrame =
  | Readonly<{ _tag: 'FileFound'; path: Buffer; size: number }>
  | Readonly<{ _tag: 'FileBytes'; bytes: Buffer }>
  | (Readonly<{ _tag: 'FileLeftOut' }> & LeftOutFile)
  | Readonly<{ _tag: 'Collected'; files: number; bytes: number; leftOut: number; isLate: boolean }>

type Decode = (payload: Buffer) => CollectFrame | null

const longestPath = 1_023
const longestPiece = 65_536

const reasons: ReadonlyArray<LeftOutFile['reason'] | null> = [
  null,
  null,
  'too_many',
  'no_room',
  'not_regular',
  'linked',
  'not_readable',
  'too_deep',
]

const found: Decode = payload => {
  const size = payload.readBigUInt64BE(0)
  return size > Number.MAX_SAFE_INTEGER ? null : { _tag: 'FileFound', path: payload.subarray(8), size: Number(size) }
}

const leftOut: Decode = payload => {
  const reason = reasons[payload.readUInt8(0)] ?? null
  return reason === null ? null : { _tag: 'FileLeftOut', path: payload.subarray(1).toString('utf8'), reason }
}

const collected: Decode = payload => {
  const [bytes, late] = [payload.readBigUInt64BE(4), payload.readUInt8(16)]
  if (bytes > Number.MAX_SAFE_INTEGER || late > 1) return null
  return {
    ...{ _tag: 'Collected', files: payload.readUInt32BE(0), bytes: Number(bytes) },
    ...{ leftOut: payload.readUInt32BE(12), isLate: late === 1 },
  }
}

/** Bounds and decoder of each, by type. */
export const collectShapes: ReadonlyArray<readonly [number, Readonly<{ min: number; max: number; decode: Decode }>]> = [
  [0xc6, { min: 9, max: 8 + longestPath, decode: found }],
  [0xc7, { min: 1, max: longestPiece, decode: payload => ({ _tag: 'FileBytes', bytes: payload }) }],
  [0xc8, { min: 2, max: 1 + longestPath, decode: leftOut }],
  [0xc9, { min: 17, max: 17, decode: collected }],
]

const tags: ReadonlySet<string> = new Set<CollectFrame['_tag']>(['FileFound', 'FileBytes', 'FileLeftOut', 'Collected'])

export const isCollectFrame = <Other extends Readonly<{ _tag: string }>>(
  frame: Other | CollectFrame,
): frame is CollectFrame => tags.has(frame._tag)

/** Asks for files of the run before. */
export const collectFrame = ({ patterns, limits }: FilesWanted): Buffer => {
  const names = Buffer.from(patterns.map(pattern => `${pattern}\0`).join(''), 'utf8')
  const frame = Buffer.alloc(5 + 20 + names.length)
  frame.writeUInt8(0x46, 0)
  frame.writeUInt32BE(20 + names.length, 1)
  frame.writeUInt32BE(limits.files, 5)
  frame.writeBigUInt64BE(BigInt(limits.fileBytes), 9)
  frame.writeBigUInt64BE(BigInt(limits.totalBytes), 17)
  names.copy(frame, 25)
  return frame
}
