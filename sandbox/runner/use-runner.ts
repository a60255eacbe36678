import { afterEach, beforeAll } from 'vitest'
import { openRunnerSession, type RunnerListener, type RunnerSession, type RunnerSpec } from './runner-session.ts'
import { openTestContainer, runnerImage, type TestContainer } from './test-container.ts'

/** A run of no files and no stdin, apart from its program. */
export const nothing: Omit<RunnerSpec, 'run'> = {
  ...{ files: [], stdin: new Uint8Array(), compile: null },
  betweenPhases: async () => undefined,
}

export const deaf: RunnerListener = { compiled: () => undefined, output: () => undefined }

/** Containers with a runner, one after another: each is removed after the test that opened it. */
export type UsedRunner = Readonly<{
  open: () => Promise<TestContainer>
  openSession: () => Promise<RunnerSession>
  /** The one opened last. */
  container: () => TestContainer
}>

export const useRunner = (): UsedRunner => {
  let image = ''
  let container: TestContainer
  beforeAll(async () => {
    image = await runnerImage()
  }, 600_000)
  afterEach(async () => {
    await container.remove()
  })
  const open = async (): Promise<TestContainer> => {
    container = await openTestContainer(image)
    return container
  }
  return { open, openSession: async () => openRunnerSession((await open()).channel), container: () => container }
}
