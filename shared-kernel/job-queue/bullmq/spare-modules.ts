import { createRequire } from 'node:module'
import { loadWhenUsed } from '../../process/load-when-used.ts'

const fromBullmq = createRequire(createRequire(import.meta.url).resolve('bullmq'))

// A calendar for repeated jobs and the schema of a queue on PostgreSQL, 3 MiB in each process.
loadWhenUsed(fromBullmq, 'cron-parser', ['CronExpressionParser'])
loadWhenUsed(fromBullmq, './postgres/sql-scripts', ['SQL_MIGRATIONS', 'SQL_COMMANDS'])
