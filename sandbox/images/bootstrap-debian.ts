import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { daemonDone } from './daemon-reports.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { installMmdebstrap } from './install-mmdebstrap.ts'
import { runCommand } from './run-command.ts'

const mirror = 'http://deb.debian.org/debian'
// Ours, because a machine older than trixie does not know who signs it.
const keyring = join(import.meta.dirname, 'debian-archive-trixie.asc')
const undocumented = ['doc', 'info', 'lintian', 'locale', 'man']
const importSilenceMs = 300_000

/** Makes Debian's minimal system from its packages, signatures checked, and imports it under that name. */
export const bootstrapDebian = async (workshop: ImageWorkshop, name: string): Promise<void> => {
  await installMmdebstrap(workshop)
  workshop.onProgress('base: bootstrapping Debian trixie with mmdebstrap (about half a minute)')
  const folder = await mkdtemp(join(tmpdir(), 'runledger-debian-'))
  try {
    const archive = join(folder, 'trixie.tar')
    const { Arch } = await workshop.docker.version()
    await runCommand(
      [
        'mmdebstrap',
        '--variant=apt',
        '--components=main',
        ...undocumented.map(folder => `--dpkgopt=path-exclude=/usr/share/${folder}/*`),
        `--arch=${Arch}`,
        `--keyring=${keyring}`,
        'trixie',
        archive,
        mirror,
      ],
      workshop.signal,
    )
    await importArchive(workshop, archive, name)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const importArchive = async ({ docker, signal }: ImageWorkshop, archive: string, name: string): Promise<void> => {
  const [repo, tag] = name.split(':')
  const options = { repo, tag, changes: 'LABEL runledger.kind=debian', abortSignal: signal }
  const stream = await docker.importImage(createReadStream(archive), options)
  await daemonDone(stream, importSilenceMs)
}
