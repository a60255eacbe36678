import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { createMeter } from './create-meter.ts'
import type { Sample } from './meter.ts'

const linesOf = async (meter: ReturnType<typeof createMeter>) =>
  (await meter.exposition()).text.split('\n').filter(line => line !== '')

describe('a meter', () => {
  it('shows what was counted, by its labels', async () => {
    const meter = createMeter()
    const count = meter.counter({ name: 'programs_total', help: 'Programs that ended', labels: ['outcome'] })
    count({ outcome: 'success' }, 1)
    count({ outcome: 'success' }, 2)
    count({ outcome: 'a "quoted"\nline' }, 1)
    expect(await linesOf(meter)).toStrictEqual([
      '# HELP programs_total Programs that ended',
      '# TYPE programs_total counter',
      'programs_total{outcome="success"} 3',
      'programs_total{outcome="a \\"quoted\\"\\nline"} 1',
    ])
  })

  it('shows how what was measured is spread', async () => {
    const meter = createMeter()
    const measure = meter.histogram({ name: 'wall_seconds', help: 'Time', labels: ['language'], buckets: [0.1, 1] })
    for (const seconds of [0.05, 0.5, 5]) measure({ language: 'c' }, seconds)
    expect(await linesOf(meter)).toStrictEqual([
      '# HELP wall_seconds Time',
      '# TYPE wall_seconds histogram',
      'wall_seconds_bucket{le="0.1",language="c"} 1',
      'wall_seconds_bucket{le="1",language="c"} 2',
      'wall_seconds_bucket{le="+Inf",language="c"} 3',
      'wall_seconds_sum{language="c"} 5.55',
      'wall_seconds_count{language="c"} 3',
    ])
  })

  it.each(['gauge', 'counter'] as const)(
    'looks up a %s whenever it is asked, and forgets what is no longer so',
    async kind => {
      const meter = createMeter()
      let now: ReadonlyArray<Sample> = [{ labels: { projection: 'result' }, value: 7 }]
      meter.observed({ name: 'lag', help: 'Behind', labels: ['projection'], kind }, async () => now)
      expect(await linesOf(meter)).toStrictEqual([
        '# HELP lag Behind',
        `# TYPE lag ${kind}`,
        'lag{projection="result"} 7',
      ])
      now = [{ labels: { projection: 'history' }, value: 0 }]
      expect((await linesOf(meter)).slice(2)).toStrictEqual(['lag{projection="history"} 0'])
      now = []
      expect((await linesOf(meter)).slice(2)).toStrictEqual([])
    },
  )

  it('says that it is the text of Prometheus', async () => {
    expect((await createMeter().exposition()).contentType).toContain('text/plain; version=0.0.4')
  })

  it('takes a name once', () => {
    const meter = createMeter()
    const count = () => meter.counter({ name: 'twice_total', help: 'Twice', labels: [] })
    count()
    expect(count).toThrow('twice_total')
  })

  it('does not load what its library has for others', () => {
    const loaded = Object.keys(createRequire(import.meta.url).cache)
    expect(loaded.some(file => file.includes('/node_modules/prom-client/'))).toBe(true)
    expect(loaded.filter(file => file.includes('@opentelemetry'))).toStrictEqual([])
  })
})
