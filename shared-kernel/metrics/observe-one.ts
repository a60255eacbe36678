import type { Meter } from './meter.ts'

type Instrument = Pick<Parameters<Meter['observed']>[0], 'name' | 'help' | 'kind'>

/** A value that the process has one of, and always knows. */
export const observeOne = (meter: Meter, instrument: Instrument, read: () => number): void =>
  meter.observed({ ...instrument, labels: [] }, () => [{ labels: {}, value: read() }])
