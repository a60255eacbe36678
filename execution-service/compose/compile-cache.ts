import { type CompileCache, createCompileCache } from '@runledger/sandbox/compile-cache/compile-cache.ts'
import { createMemoryEntryStore } from '@runledger/sandbox/compile-cache/memory-entry-store.ts'
import type { Config } from '@runledger/shared-kernel/config/config.ts'
import type { Logger } from '@runledger/shared-kernel/logger/logger.ts'

const longestStayMs = 3_600_000

/** What was compiled, kept by this process for an hour at most; null where nothing is to be kept. */
export const compileCache = (
  { compileCacheBytes: bytes }: Pick<Config, 'compileCacheBytes'>,
  logger: Pick<Logger, 'warn'>,
): CompileCache | null => {
  if (bytes === 0) return null
  const onDamaged = () => logger.warn({}, 'A kept compilation was not what it had been; it is dropped and made anew')
  const store = createMemoryEntryStore({ bytes, longestStayMs })
  return createCompileCache({ store, largest: bytes, onDamaged })
}
