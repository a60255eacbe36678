import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { runToEnd } from './http-client.ts'
import { median } from './statistics.ts'

const flood = { lang: 'python', code: 'import os\nline = b"x" * 65536\nfor _ in range(1600): os.write(1, line)' }
const neighbour = { lang: 'python', code: 'print(1)' }
const paceMs = 500
const samples = 8

/** Resident memory of a process in bytes, as the kernel tells it. */
const residentBytes = (pid: number): number => {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (kilobytes === undefined) throw new Error(`no resident size of process ${pid}`)
  return Number(kilobytes) * 1024
}

const floodOnce = async (origin: string): Promise<void> => {
  const { outcome } = await runToEnd(origin, flood)
  if (outcome !== 'output_limit') throw new Error(`a flood ended with ${String(outcome)}`)
}

/** The neighbour's latencies, each submitted alone, or at the same moment as `beside`. */
const neighbourLatencies = async (
  origin: string,
  beside: (origin: string) => Promise<void>,
): Promise<ReadonlyArray<number>> => {
  const latencies: Array<number> = []
  for (let i = 0; i < samples; i++) {
    const began = performance.now()
    const other = beside(origin)
    await runToEnd(origin, neighbour)
    latencies.push(performance.now() - began)
    await other
    await delay(Math.max(0, paceMs - (performance.now() - began)))
  }
  return latencies
}

export type FloodReport = Readonly<{ grownBytes: number; quietP50: number; floodedP50: number; ratio: number }>

/** Alternating rounds of a neighbour's latency: alone, and each time beside a program that writes 100 MiB to stdout. */
export const measureOutputFlood = async (origin: string, pid: number, rounds = 5): Promise<FloodReport> => {
  const before = residentBytes(pid)
  let peak = before
  const sampler = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid))
  }, 50)
  const pairs: Array<Readonly<{ quiet: number; flooded: number }>> = []
  for (let round = 0; round < rounds; round++) {
    const quiet = median(await neighbourLatencies(origin, async () => {}))
    const flooded = median(await neighbourLatencies(origin, floodOnce))
    pairs.push({ quiet, flooded })
  }
  clearInterval(sampler)
  return {
    grownBytes: peak - before,
    quietP50: median(pairs.map(pair => pair.quiet)),
    floodedP50: median(pairs.map(pair => pair.flooded)),
    ratio: median(pairs.map(pair => pair.flooded / pair.quiet)),
  }
}
