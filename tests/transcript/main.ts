import { parseArgs } from 'node:util'
import { openMongoStage } from './mongo-stage.ts'
import { openSqliteStage } from './sqlite-stage.ts'
import type { Stage } from './stage.ts'
import { transcribe } from './transcribe.ts'

// `npm run acceptance:transcript -- --submissions 10000 --mongo-submissions 2000`

const { values } = parseArgs({
  options: {
    submissions: { type: 'string', default: '10000' },
    'mongo-submissions': { type: 'string', default: '2000' },
    real: { type: 'string', default: '40' },
  },
})
const real = Number(values.real)
const say = (line: string): void => void process.stdout.write(`${line}\n`)

const take = async (open: () => Promise<Stage>, submissions: number): Promise<void> => {
  if (submissions === 0) return
  const stage = await open()
  try {
    await transcribe(stage, { submissions, real }, say)
  } finally {
    await stage.clear()
  }
}

await take(openSqliteStage, Number(values.submissions))
await take(openMongoStage, Number(values['mongo-submissions']))
