type Labels = Readonly<Record<string, string>>

/** What is so now, for one set of labels. */
export type Sample = Readonly<{ labels: Labels; value: number }>

/** Named as Prometheus names things: the unit at the end (`_seconds`, `_bytes`), `_total` behind what only grows. */
type Instrument = Readonly<{ name: string; help: string; labels: ReadonlyArray<string> }>

/** Adds to what was counted, or notes what was measured, under a value for each label. */
type Note = (labels: Labels, value: number) => void

/** What operators see of a process, as text for Prometheus. A name is taken once; a second time is a defect. */
export type Meter = Readonly<{
  counter: (instrument: Instrument) => Note
  /** `buckets`: upper bounds, rising. */
  histogram: (instrument: Instrument & Readonly<{ buckets: ReadonlyArray<number> }>) => Note
  /**
   * Values that are looked up whenever somebody asks: `read` answers those there are, none where they cannot be known now.
   * Must not reject.
   */
  observed: (
    instrument: Instrument & Readonly<{ kind: 'counter' | 'gauge' }>,
    read: () => ReadonlyArray<Sample> | Promise<ReadonlyArray<Sample>>,
  ) => void
  /** Everything as it is now, in the text format of Prometheus. */
  exposition: () => Promise<Readonly<{ contentType: string; text: string }>>
}>
