import type { Output } from '@runledger/sandbox/sandbox.ts'

/** What is kept of each stream of a case, in bytes. */
export const keptBytes = 4 * 1024

export type Written = Readonly<{ stdout: Uint8Array; stderr: Uint8Array }>

/** Gathers what one case writes: all of what is compared, and of the rest what is kept. */
export const collectOutput = () => {
  const pieces: Record<'stdout' | 'stderr', Array<Uint8Array>> = { stdout: [], stderr: [] }

  return {
    add: ({ stream, offset, bytes }: Output): void => {
      if (stream === 'stdout' || offset < keptBytes) pieces[stream].push(bytes.slice())
    },
    written: (): Written => ({ stdout: Buffer.concat(pieces.stdout), stderr: Buffer.concat(pieces.stderr) }),
  }
}
