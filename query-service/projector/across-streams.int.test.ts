import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSqliteReadModelStore } from '@runledger/shared-kernel/read-model-store/sqlite/sqlite-read-model-store.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll } from 'vitest'
import { acrossStreamsContract } from './across-streams.contract.ts'

let folder: string
let files = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runledger-across-'))
})
afterAll(() => rm(folder, { recursive: true }))

acrossStreamsContract(
  async () => {
    files += 1
    const opened = await openSqliteReadModelStore({ file: join(folder, `${files}.sqlite`) })()
    if (isLeft(opened)) throw new Error(opened.left.message)
    return opened.right
  },
  { numRuns: 25 },
)
