import { measureRebuild } from './rebuild-rate.ts'

// A process of its own, which is started as the service is: `rebuild-process.ts <folder> <commits> <rounds>`.
const [folder = '', commits = '0', rounds = '0'] = process.argv.slice(2)
// Also where whoever started it is gone.
process.once('disconnect', () => process.exit())
const step = (what: string): void => console.error(`measuring: ${what}`)
const measured = await measureRebuild(folder, { commits: Number(commits), rounds: Number(rounds), step })
process.send?.(measured, () => process.disconnect?.())
