import { table } from './table.ts'

/** A figure against the bound it is to keep. */
export type Bound = Readonly<{ what: string; found: number; isReached: boolean; wanted: string }>

export const atLeast = (what: string, found: number, least: number): Bound => ({
  ...{ what, found, wanted: `>= ${least}` },
  isReached: found >= least,
})

export const atMost = (what: string, found: number, most: number): Bound => ({
  ...{ what, found, wanted: `<= ${most}` },
  isReached: found <= most,
})

export const boundTable = (bounds: ReadonlyArray<Bound>): string =>
  table(
    ['target', 'found', 'wanted', ''],
    bounds.map(({ what, found, wanted, isReached }) => [
      ...[what, found.toFixed(2), wanted],
      isReached ? 'reached' : 'MISSED',
    ]),
  )

export const areReached = (bounds: ReadonlyArray<Bound>): boolean => bounds.every(({ isReached }) => isReached)
