import type { Duplex } from 'node:stream'
import type { RunnerChannel } from '../runner/runner-session.ts'
import { createFrameReader } from './frame-reader.ts'

export type ContainerChannel = RunnerChannel & Readonly<{ hangUp: () => void }>

/**
 * The attached stream as the runner's stdin and stdout. Reading begins with `onData`; no error of the stream escapes,
 * each becomes the cause its close is told with.
 */
export const openContainerChannel = (stream: Duplex, onStderr: (bytes: Buffer) => void): ContainerChannel => {
  const closed = Promise.withResolvers<string>()
  let cause = 'the container hung up'
  stream.on('error', error => {
    cause = error.message
  })
  stream.on('close', () => closed.resolve(cause))
  stream.on('end', () => stream.destroy())

  const read = (reader: (chunk: Buffer) => void) => (chunk: Buffer) => {
    try {
      reader(chunk)
    } catch (error) {
      stream.destroy(error instanceof Error ? error : new Error(String(error)))
    }
  }

  // What is said at once goes out at once: each piece costs the daemon and the runner a turn.
  let gathering = false
  const gather = () => {
    gathering = true
    stream.cork()
    process.nextTick(() => {
      gathering = false
      stream.uncork()
    })
  }

  return {
    write: bytes => {
      if (!stream.writable) return
      if (!gathering) gather()
      stream.write(bytes)
    },
    end: () => {
      if (stream.writable) stream.end()
    },
    onData: listener => {
      stream.on('data', read(createFrameReader({ stdout: listener, stderr: onStderr })))
    },
    onClose: listener => {
      void closed.promise.then(listener)
    },
    hangUp: () => {
      stream.destroy()
    },
  }
}
