import Dockerode from 'dockerode'
import { afterEach, beforeAll } from 'vitest'
import { createCompileCache } from '../compile-cache/compile-cache.ts'
import type { EntryStore } from '../compile-cache/entry-store.ts'
import { createMemoryEntryStore } from '../compile-cache/memory-entry-store.ts'
import { runnerImage } from '../runner/test-container.ts'
import type { Sandbox } from '../sandbox.ts'
import { type RunChange, runCode, testSandbox } from './test-sandbox.ts'

const docker = new Dockerode()
const mebibyte = 1024 * 1024

export const reused = { serves: () => true, runsPerContainer: 100 }

type Change = Readonly<{ reuse?: typeof reused | null; around?: (store: EntryStore) => EntryStore }>

/** Makes sandboxes with a cache of their own each, in a store that may be seen through `around`; they end with their test. */
export const useCachingSandboxes = () => {
  const sandboxes: Sandbox[] = []
  let image: string
  beforeAll(async () => {
    image = await runnerImage()
  })
  afterEach(() => Promise.all(sandboxes.splice(0).map(sandbox => sandbox.close())))

  return ({ reuse = reused, around = store => store }: Change = {}) => {
    const store = around(createMemoryEntryStore({ bytes: 256 * mebibyte, longestStayMs: 60_000 }))
    let damaged = 0
    const onDamaged = () => {
      damaged += 1
    }
    const cache = createCompileCache({ store, largest: 64 * mebibyte, onDamaged })
    const sandbox = testSandbox(docker, image, { reuse, cache })
    sandboxes.push(sandbox)
    return { sandbox, damaged: () => damaged }
  }
}

/** Compiles by the first script and runs the second; `made` tells one start of the compiler from all others. */
export const program = (compile: string, run: string) =>
  `[ "$1" = compile ] && { cat /proc/sys/kernel/random/uuid > made; ${compile}; exit; }; cat made; ${run}`

export const plain = program('echo "a warning" >&2', 'cat')

export const run = async (sandbox: Sandbox, code: string, change: RunChange = {}) => {
  const { result, stdout, compilation } = await runCode(sandbox, code, { language: 'built', tenant: 'one', ...change })
  const [made = '', ...rest] = stdout.split('\n')
  return { result, made, rest: rest.join('\n'), compilation }
}
