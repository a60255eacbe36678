import Dockerode from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { type RunChange, runCode, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const mebibyte = 1024 * 1024
const limits = { files: 8, fileBytes: mebibyte, totalBytes: 4 * mebibyte }

let image = ''
beforeAll(async () => {
  image = await runnerImage()
}, 600_000)

describe.each([
  ['one run', null],
  ['one tenant', { serves: () => true, runsPerContainer: 10 }],
])('given containers that serve %s', (_, reuse) => {
  let sandbox: Sandbox
  beforeAll(() => {
    sandbox = testSandbox(docker, image, { concurrency: 1, reuse })
  })
  afterAll(() => sandbox.close())

  const leave = async (code: string, patterns: ReadonlyArray<string>, change: RunChange = {}) => {
    const ran = await runCode(sandbox, code, { tenant: 'one', outputs: { patterns, limits }, ...change })
    if (ran.result._tag === 'Left') throw new Error(ran.result.left.message)
    const { outcome, files } = ran.result.right
    return { outcome, files: files?.files.map(({ path, content }) => [path, Buffer.from(content).toString()]) }
  }

  it('a run has its own files, and the next one none of them', async () => {
    const both = ['*.txt', 'sub/**']
    expect(await leave('mkdir sub; echo one > one.txt; echo in > sub/in; sleep 60 &', both)).toEqual({
      ...{
        outcome: 'success',
        files: [
          ['one.txt', 'one\n'],
          ['sub/in', 'in\n'],
        ],
      },
    })
    expect(await leave('echo two > two.txt', both)).toEqual({ outcome: 'success', files: [['two.txt', 'two\n']] })
    expect(await leave('echo three > /tmp/three.txt', both)).toEqual({ outcome: 'success', files: [] })
  })

  it('what a program left when it met a limit is there, what a compiler left only as far as a program ran', async () => {
    const spin = await leave('echo half > half; while :; do :; done', ['half'], { limits: { cpuTimeMs: 200 } })
    expect(spin).toEqual({ outcome: 'time_limit', files: [['half', 'half\n']] })
    const built = { language: 'built' }
    expect(await leave('[ "$1" = compile ] && { echo made > made; exit; }; exit 3', ['made'], built)).toEqual({
      ...{ outcome: 'runtime_error', files: [['made', 'made\n']] },
    })
    expect(await leave('echo made > made; exit 1', ['made'], built)).toEqual({ outcome: 'compile_error' })
  })

  it('a run that left more than its memory holds ends all the same', async () => {
    const code = 'echo kept > kept; head -c 200000000 /dev/zero > all'
    const change = { limits: { memoryBytes: 64 * mebibyte, tmpfsBytes: 256 * mebibyte } }
    expect(await leave(code, ['kept'], change)).toMatchObject({ outcome: 'memory_limit' })
    expect(await leave('echo on > on', ['on'])).toEqual({ outcome: 'success', files: [['on', 'on\n']] })
  })
})
