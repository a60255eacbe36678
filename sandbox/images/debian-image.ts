import { bootstrapDebian } from './bootstrap-debian.ts'
import { daemonDone } from './daemon-reports.ts'
import type { ImageInventory } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { problemInWords } from './problem-in-words.ts'
import { inspectImage } from './publish-image.ts'

const official = 'debian:trixie-slim'
const bootstrapped = 'runledger/debian:trixie'
const pullSilenceMs = 30_000

/** The Debian to start from: what is here, else the registry's image, else the same made here. Resolves to its name. */
export const ensureDebian = async (workshop: ImageWorkshop, inventory: ImageInventory): Promise<string> => {
  if (inventory.has(bootstrapped)) return bootstrapped
  if ((await inspectImage(workshop.docker, official)) !== null) return official
  try {
    await pullOfficial(workshop)
    return official
  } catch (cause) {
    workshop.signal.throwIfAborted()
    workshop.onProgress(`base: cannot pull ${official} (${problemInWords(cause)})`)
    await bootstrapDebian(workshop, bootstrapped)
    return bootstrapped
  }
}

const pullOfficial = async ({ docker, signal, onProgress }: ImageWorkshop): Promise<void> => {
  onProgress(`base: pulling ${official}`)
  const stream = await docker.pull(official, { abortSignal: signal })
  await daemonDone(stream, pullSilenceMs)
}
