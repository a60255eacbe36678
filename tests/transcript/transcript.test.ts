import { describe, expect, it } from 'vitest'
import { openMongoStage } from './mongo-stage.ts'
import { openSqliteStage } from './sqlite-stage.ts'
import { transcribe } from './transcribe.ts'

// A small one: whatever in it is not as it must be is an error. `npm run acceptance:transcript` takes the large one.
const size = { submissions: 60, real: 2 }

describe.each([
  { store: 'SQLite', open: openSqliteStage },
  { store: 'MongoDB', open: openMongoStage },
])('the transcript of a system on $store', ({ open }) => {
  it('goes through a rebuild that is killed and a log that is altered to its end', async () => {
    const stage = await open()
    const lines: Array<string> = []
    try {
      await transcribe(stage, size, line => lines.push(line))
    } finally {
      await stage.clear()
    }
    expect(lines.at(-1)).toMatch(/^# in all/)
  }, 180_000)
})
