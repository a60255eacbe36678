import { type Difference, firstDifference } from './first-difference.ts'

/** What was written, by stream, in the order in which streams are compared. */
type Written<Stream extends string> = Readonly<Record<Stream, Buffer>>

export type StreamsComparison<Stream extends string> = Readonly<{
  same: boolean
  firstDifference: (Difference & Readonly<{ stream: Stream }>) | null
}>

/** Where two runs wrote something else first: in the first stream in which they did. */
export const compareStreams = <Stream extends string>(
  streams: ReadonlyArray<Stream>,
  original: Written<Stream>,
  replay: Written<Stream>,
): StreamsComparison<Stream> => {
  for (const stream of streams) {
    const difference = firstDifference(original[stream], replay[stream])
    if (difference !== null) return { same: false, firstDifference: { stream, ...difference } }
  }
  return { same: true, firstDifference: null }
}
