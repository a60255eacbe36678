import { describe, expect, it } from 'vitest'
import { untilProjected } from '../../support/system.ts'
import type { UsedSystem } from './use-system.ts'

type Values = Readonly<Record<string, number>>

// Several processes may tell the same of themselves: then it is their sum that tells of the system.
const valuesIn = (text: string): Values => {
  const values: Record<string, number> = {}
  for (const [, name = '', value] of text.matchAll(/^([^#\s].*) (\S+)$/gm))
    values[name] = (values[name] ?? 0) + Number(value)
  return values
}

const since = (before: Values, after: Values) => (name: string) => (after[name] ?? 0) - (before[name] ?? 0)

/** What operators see of a system that runs. */
export const metrics = (system: UsedSystem): void => {
  const measure = async () => valuesIn(await system().metrics())

  describe('what a system is measured by', () => {
    it('counts requests, programs, commits and jobs, and tells that nobody is behind', async () => {
      const { client } = system()
      const before = await measure()
      for (const code of ['echo one', 'exit 3']) await client.resultOf(await client.submit({ lang: 'bash', code }))
      await client.resultOf(
        await client.submit({
          lang: 'bash',
          code: 'cat',
          tests: [{ stdin: '1' }, { stdin: '2' }].map(each => ({ ...each, name: each.stdin, expectedOutput: '1' })),
        }),
      )
      expect((await client.post('/api/submit', {})).status).toBe(400)
      await untilProjected(system())
      const after = await measure()
      const grown = since(before, after)
      expect(grown('http_request_duration_seconds_count{method="POST",route="/api/submit",status="201"}')).toBe(3)
      expect(grown('http_request_duration_seconds_count{method="POST",route="/api/submit",status="400"}')).toBe(1)
      expect(grown('runledger_programs_total{language="bash",outcome="success"}')).toBe(3)
      expect(grown('runledger_programs_total{language="bash",outcome="runtime_error"}')).toBe(1)
      expect(grown('runledger_program_wall_seconds_count{language="bash"}')).toBe(4)
      expect(grown('runledger_program_cpu_seconds_total{language="bash"}')).toBeGreaterThan(0)
      expect(grown('process_cpu_seconds_total')).toBeGreaterThan(0)
      expect(grown('runledger_log_commits_total')).toBeGreaterThanOrEqual(9)
      expect(after).toMatchObject({
        'runledger_projection_lag_commits{projection="result",version="1"}': 0,
        'runledger_projection_parked_streams{projection="result",version="1"}': 0,
        'runledger_queue_jobs{state="active"}': 0,
        'runledger_queue_jobs{state="waiting"}': 0,
        'runledger_language_up{language="bash"}': 1,
        runledger_sandbox_up: 1,
        runledger_programs_running: 0,
        runledger_concurrency: 2,
        runledger_clients_waiting: 0,
        runledger_event_streams_open: 0,
        runledger_projected_partitions: 64,
      })
    })
  })
}
