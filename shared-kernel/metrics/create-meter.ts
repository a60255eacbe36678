import type { Meter } from './meter.ts'
import { Counter, Gauge, Histogram, Registry } from './prom-client.ts'

/** A meter on Prometheus' client library. */
export const createMeter = (): Meter => {
  const registry = new Registry()
  const configOf = ({ name, help, labels }: Parameters<Meter['counter']>[0]) => ({
    ...{ name, help, labelNames: [...labels], registers: [registry] },
  })

  const counter: Meter['counter'] = instrument => {
    const counted = new Counter(configOf(instrument))
    return (labels, value) => counted.inc(labels, value)
  }

  const histogram: Meter['histogram'] = instrument => {
    const measured = new Histogram({ ...configOf(instrument), buckets: [...instrument.buckets] })
    return (labels, value) => measured.observe(labels, value)
  }

  const observed: Meter['observed'] = (instrument, read) => {
    const collect = async (): Promise<void> => {
      const samples = await read()
      shown.reset()
      for (const { labels, value } of samples) shown.inc(labels, value)
    }
    const config = { ...configOf(instrument), collect }
    const shown = instrument.kind === 'counter' ? new Counter(config) : new Gauge(config)
  }

  const exposition: Meter['exposition'] = async () => ({
    contentType: registry.contentType,
    text: await registry.metrics(),
  })

  return { counter, histogram, observed, exposition }
}
