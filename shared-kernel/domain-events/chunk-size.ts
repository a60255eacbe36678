import { base64Size } from '../types/encoded-bytes.ts'

type Piece =
  | Readonly<{ schema: 1; data: Readonly<{ bytes: string }> }>
  | Readonly<{ schema: 2; data: Readonly<{ size: number }> }>

/** How many bytes of its stream or file a chunk holds, open or sealed. */
export const chunkSize = (chunk: Piece): number => (chunk.schema === 1 ? base64Size(chunk.data.bytes) : chunk.data.size)
