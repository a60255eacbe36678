import { type Either, left, right } from 'fp-ts/lib/Either.js'
import { type Generation, type GenerationRecord, isLive } from './generation-record.ts'

/** Why a record stays as it is. */
export type Refusal = Readonly<{ _tag: 'GenerationRefusal'; why: string }>

export type Transition = (record: GenerationRecord) => Either<Refusal, GenerationRecord>

const refuse = (why: string): Either<Refusal, never> => left({ _tag: 'GenerationRefusal', why })

const withGeneration = (record: GenerationRecord, number: number, changes: Partial<Generation>): GenerationRecord => ({
  ...record,
  generations: record.generations.map(each => (each.number === number ? { ...each, ...changes } : each)),
})

/** A store made before there were generations holds one, numbered like the code that made it. */
export const firstRecord = (code: number): GenerationRecord => ({
  active: code,
  next: code + 1,
  replays: 0,
  generations: [{ number: code, code, state: 'ready', swaps: true, reason: null }],
})

/** The rebuild under way, whose place a second one would take. */
export const underWay = ({ generations }: GenerationRecord, code: number): Generation | null =>
  generations.find(each => each.code === code && (each.state === 'building' || each.state === 'following')) ?? null

/** Begins another generation, or joins the one that is being made: then the record stays as it is. */
export const startRebuild =
  (code: number, swaps: boolean): Transition =>
  record => {
    const joined = underWay(record, code)
    if (joined !== null) return right(withGeneration(record, joined.number, { swaps: joined.swaps || swaps }))
    const generation: Generation = { number: record.next, code, state: 'building', swaps, reason: null }
    return right({ ...record, next: record.next + 1, generations: [...record.generations, generation] })
  }

/** Code newer than what is read begins a rebuild by itself, unless one is made or being made. Older code waits. */
export const startOwed =
  (code: number): Transition =>
  record => {
    const live = record.generations.find(each => isLive(record, each))
    const isOwed = (live?.code ?? 0) < code && !record.generations.some(each => each.code === code)
    return isOwed ? startRebuild(code, true)(record) : right(record)
  }

const moved =
  (number: number, from: Generation['state'], changes: Partial<Generation>): Transition =>
  record => {
    const generation = record.generations.find(each => each.number === number)
    if (generation?.state !== from) return refuse(`version ${number} is no longer ${from}`)
    return right(withGeneration(record, number, changes))
  }

export const beginFollowing = (number: number): Transition => moved(number, 'building', { state: 'following' })

/** Only what is not read yet can fail. */
export const fail =
  (number: number, reason: string): Transition =>
  record => {
    const state = record.generations.find(each => each.number === number)?.state
    return moved(number, state === 'following' ? state : 'building', { state: 'failed', reason })(record)
  }

/** It may be read, and is from now on where it was made to be. */
export const finish =
  (number: number): Transition =>
  record => {
    const done = moved(number, 'following', { state: 'ready' })(record)
    const swaps = record.generations.find(each => each.number === number)?.swaps ?? false
    return done._tag === 'Right' && swaps ? right({ ...done.right, active: number }) : done
  }

const nearest = (record: GenerationRecord, direction: 'newer' | 'older'): Generation | null => {
  const ready = record.generations.filter(({ state }) => state === 'ready')
  const beyond = ready.filter(({ number }) => (direction === 'newer' ? number > record.active : number < record.active))
  return beyond.at(-1) ?? null
}

/** Reads the newest generation that is ready. */
export const swapForward: Transition = record => {
  const generation = nearest(record, 'newer')
  if (generation === null) return refuse(`no version newer than ${record.active} is ready to be read`)
  return right({ ...record, active: generation.number })
}

/** Reads the generation that was kept from before. */
export const rollBack: Transition = record => {
  const generation = nearest(record, 'older')
  if (generation === null) return refuse(`no version older than ${record.active} was kept`)
  return right({ ...record, active: generation.number })
}

export const beginDropping =
  (number: number): Transition =>
  record => {
    if (!record.generations.some(each => each.number === number)) return refuse(`there is no version ${number}`)
    if (number === record.active) return refuse(`version ${number} is the one that is read`)
    return right(withGeneration(record, number, { state: 'dropping' }))
  }

/** Its collections are gone. Its number is never used again: its checkpoints stay. */
export const forget =
  (number: number): Transition =>
  record =>
    right({ ...record, generations: record.generations.filter(each => each.number !== number) })

export const askForReplay: Transition = record => right({ ...record, replays: record.replays + 1 })
