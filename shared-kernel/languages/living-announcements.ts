import type { Announcement } from './language-registry.ts'

type Sighting = Readonly<{ incarnation: string; beat: number; since: number }>

type Options = Readonly<{
  /** Milliseconds from an arbitrary start, never backward. */
  monotonic: () => number
  /** An entry that does not change for so long belongs to nobody. */
  ageMs: number
}>

/** Tells the living from the dead by what one observer sees, on its own clock. */
export type LivingAnnouncements = Readonly<{
  see: (announcements: ReadonlyArray<Announcement>) => Readonly<{
    living: ReadonlyArray<Announcement>
    dead: ReadonlyArray<Announcement>
  }>
}>

export const observeAnnouncements = ({ monotonic, ageMs }: Options): LivingAnnouncements => {
  let sightings: ReadonlyMap<string, Sighting> = new Map()

  const sight = ({ workerId, incarnation, beat }: Announcement): Sighting => {
    const before = sightings.get(workerId)
    const unchanged = before?.incarnation === incarnation && before.beat === beat
    return unchanged ? before : { incarnation, beat, since: monotonic() }
  }

  return {
    see: announcements => {
      sightings = new Map(announcements.map(announcement => [announcement.workerId, sight(announcement)]))
      const now = monotonic()
      const isLiving = ({ workerId }: Announcement) => now - (sightings.get(workerId)?.since ?? now) < ageMs
      return {
        living: announcements.filter(isLiving),
        dead: announcements.filter(announcement => !isLiving(announcement)),
      }
    },
  }
}
