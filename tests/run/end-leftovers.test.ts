import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { endLeftovers, runVariable } from './end-leftovers.mjs'

const waiting = 'process.stdout.write("up"); setInterval(() => {}, 1000);'
const deaf = `process.on("SIGTERM", () => {}); ${waiting}`

const start = async (run: string, program: string) => {
  const env = { ...process.env, [runVariable]: run }
  const child = spawn(process.execPath, ['-e', program], { env, stdio: ['ignore', 'pipe', 'ignore'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  await once(child.stdout, 'data')
  return { child, ended }
}

describe('given processes that an interrupted run of the tests has left', () => {
  it('ends those of that run, the deaf ones by force, and no other', async () => {
    const [run, another] = [randomUUID(), randomUUID()]
    const [willing, stubborn, foreign] = [
      await start(run, waiting),
      await start(run, deaf),
      await start(another, waiting),
    ]
    expect(await endLeftovers(run, { patienceMs: 500 })).toBe(2)
    expect(await willing.ended).toEqual([null, 'SIGTERM'])
    expect(await stubborn.ended).toEqual([null, 'SIGKILL'])
    expect(foreign.child.exitCode ?? foreign.child.signalCode).toBeNull()
    expect(await endLeftovers(run)).toBe(0)
  })
})
