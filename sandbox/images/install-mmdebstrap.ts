import type { ImageWorkshop } from './image-workshop.ts'
import { runCommand } from './run-command.ts'

/** Sees to it that `mmdebstrap` is there: on Debian and Ubuntu, as root, it is installed, with a word about it. */
export const installMmdebstrap = async ({ signal, onProgress }: ImageWorkshop): Promise<void> => {
  if (await runs(['mmdebstrap', '--version'], signal)) return
  if (process.getuid?.() !== 0 || !(await runs(['apt-get', '--version'], signal)))
    throw new Error(
      'debian:trixie-slim cannot be pulled, and mmdebstrap is needed to make it here: ' +
        'install mmdebstrap (Debian, Ubuntu: apt-get install mmdebstrap) or run `docker pull debian:trixie-slim`',
    )
  onProgress('base: installing mmdebstrap with apt-get')
  await runCommand(['apt-get', 'update'], signal)
  await runCommand(
    ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', 'install', '-y', '--no-install-recommends', 'mmdebstrap'],
    signal,
  )
}

const runs = async (argv: readonly [string, ...string[]], signal: AbortSignal): Promise<boolean> => {
  try {
    await runCommand(argv, signal)
    return true
  } catch {
    signal.throwIfAborted()
    return false
  }
}
