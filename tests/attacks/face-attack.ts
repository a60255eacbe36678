import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Arena } from './arena.ts'
import type { Attack } from './attack.ts'
import { beginFootprint, footprintSince } from './host/footprint.ts'
import { traces } from './host/traces.ts'
import { median } from './neighbour.ts'
import { mebibyte } from './submission.ts'

const fewestAnswers = 5
/** A busy machine starts a container or collects garbage now and then: that much is no attack's doing. */
const noiseMs = 250
const looks = 3
/** Removing a container takes the daemon some hundred milliseconds; on a busy machine seconds. */
const settledWithinMs = 20_000
const pauseMs = 100
/** Of any single attack, whatever it writes: kept output, sources and inputs of its few submissions. */
const storedAtMost = 32 * mebibyte
const residentAtMost = 96 * mebibyte

/** Milliseconds a neighbour's median may have while nobody attacks. */
export const idleMedian = async ({ neighbour }: Arena): Promise<number> =>
  median(await neighbour.latencies(Promise.resolve(), 2 * fewestAnswers))

const cleanHost = async ({ host }: Arena): Promise<void> => {
  const deadline = performance.now() + settledWithinMs
  let left = await traces(host)
  while (left.length > 0 && performance.now() < deadline) {
    await delay(pauseMs)
    left = await traces(host)
  }
  expect(left, left.join('\n')).toEqual([])
}

const runSteps = async ({ scene }: Arena, { steps }: Attack): Promise<void> => {
  for (const step of steps) await step(scene)
}

const smallFootprint = (arena: Arena, before: ReturnType<typeof beginFootprint>) => {
  const after = footprintSince(arena.pid, arena.dataDir)
  expect(after.residentBytes - before.residentBytes, 'growth of resident memory').toBeLessThan(residentAtMost)
  expect(after.storedBytes - before.storedBytes, 'growth of the data folder').toBeLessThan(storedAtMost)
}

/** The neighbour's median beside one look at the attack, after which the host is clean and little has been used. */
const lookAt = async (arena: Arena, attack: Attack): Promise<number> => {
  const before = beginFootprint(arena.pid, arena.dataDir)
  const attacked = runSteps(arena, attack)
  const [, latencies] = await Promise.all([attacked, arena.neighbour.latencies(attacked, fewestAnswers)])
  await cleanHost(arena)
  smallFootprint(arena, before)
  return median(latencies)
}

export type Latencies = Readonly<{ neighbourMs: number; idleMs: number }>

const isSlow = ({ neighbourMs, idleMs }: Latencies) => neighbourMs > Math.max(2 * idleMs, idleMs + noiseMs)

// What else a busy machine does slows a neighbour down with or without an attack, and not again and again.
const quietest = async (arena: Arena, attack: Attack, idleMs: number, looksLeft: number): Promise<Latencies> => {
  const neighbourMs = await lookAt(arena, attack)
  if (!isSlow({ neighbourMs, idleMs })) return { neighbourMs, idleMs }
  const idleNow = await idleMedian(arena)
  const seen = { neighbourMs, idleMs: idleNow }
  return isSlow(seen) && looksLeft > 1 ? quietest(arena, attack, idleNow, looksLeft - 1) : seen
}

/** Runs the attack beside a neighbour and looks at the host from outside. Rejects where anything does not hold. */
export const faceAttack = async (arena: Arena, attack: Attack, idleMs: number): Promise<Latencies> => {
  const latencies = await quietest(arena, attack, idleMs, looks)
  expect(isSlow(latencies), `the neighbour is slow: ${JSON.stringify(latencies)}`).toBe(false)
  return latencies
}
