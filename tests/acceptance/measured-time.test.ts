import { PassThrough } from 'node:stream'
import Dockerode from 'dockerode'
import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

type Usage = Readonly<{ cpuMs: number; wallMs: number }>

const usageOf = async (submission: object): Promise<Usage> => {
  const result = await runledger.client().resultOf(await runledger.client().submit(submission))
  return result['usage'] as Usage
}

// Each burns until its own clock says so: how much it takes does not depend on the machine or what else runs there.
const burn = (ms: number, work: string) =>
  `const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
  while (spent() < ${ms}) { for (let i = 0; i < 200; i++) { ${work} } }`
const compute = 'Math.sqrt(i)'
const callKernel = "require('node:fs').statSync('/')"
const inChildren = `const { spawn } = require('node:child_process')
  for (let i = 0; i < 2; i++) spawn(process.execPath, ['-e', ${JSON.stringify(burn(1_000, compute))}])`

const minutesAndSeconds = /(\d+)m([\d.]+)s/g

const imageOf = async (name: string): Promise<string> => {
  const { body } = await runledger.client().get('/api/languages')
  const languages = body['languages'] as ReadonlyArray<Readonly<{ name: string; image: string }>>
  return languages.find(language => language.name === name)?.image ?? ''
}

/** CPU time of the program, run by the image's own interpreter, and all its children by the shell's `times`: rusage of whom it has waited for. */
const outsideMs = async (image: string, code: string): Promise<number> => {
  const output = new PassThrough()
  const command = ['-c', 'node -e "$0"; times', code]
  await new Dockerode().run(image, command, output, { Entrypoint: ['/bin/sh'], HostConfig: { AutoRemove: true } })
  const ofChildren = String(output.read()).trim().split('\n').at(-1) ?? ''
  return [...ofChildren.matchAll(minutesAndSeconds)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000,
    0,
  )
}

const errorOf = async (code: string): Promise<number> => {
  const outside = await outsideMs(await imageOf('javascript'), code)
  const { cpuMs } = await usageOf({ lang: 'javascript', code, limits: { cpuTimeMs: 10_000, wallTimeMs: 60_000 } })
  expect(outside).toBeGreaterThan(950)
  return Math.abs(cpuMs - outside) / outside
}

// What is measured wrongly is wrong each time; what a busy machine adds to the start of one run is not.
const noisy = { retry: 4 }

describe('given a program that takes a second of CPU time or more', () => {
  it.each([
    ['computes', burn(1_000, compute)],
    ['calls the kernel', burn(1_000, callKernel)],
    ['has its work done by children', inChildren],
  ])('is charged within a twentieth of what it is charged outside, where it %s', noisy, async (_, code) => {
    expect(await errorOf(code)).toBeLessThan(0.05)
  })
})

const sleep = 'import time\ntime.sleep(60)'
const spin = 'while True: pass'
const stop = 'import os, signal\nos.kill(0, signal.SIGSTOP)'

describe('given a wall limit', () => {
  it.each([
    ['sleeps', sleep],
    ['computes', spin],
    ['stops itself', stop],
  ])('it is kept within 100 ms by a program that %s', noisy, async (_, code) => {
    const { wallMs } = await usageOf({ lang: 'python', code, limits: { wallTimeMs: 500, cpuTimeMs: 5_000 } })
    expect(wallMs).toBeGreaterThanOrEqual(500)
    expect(wallMs).toBeLessThan(600)
  })
})
