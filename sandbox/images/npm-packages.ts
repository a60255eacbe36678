import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContextFile } from './build-context.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { runCommand } from './run-command.ts'

/**
 * Packages of the npm registry as `npm/<name>.tgz` of a build context. Fetched here, not in the build, with the
 * machine's own npm: its registry, its cache, its integrity checks.
 */
export const npmPackages = (
  workshop: ImageWorkshop,
  specs: ReadonlyArray<string>,
): Promise<ReadonlyArray<ContextFile>> => Promise.all(specs.map(spec => npmPackage(workshop, spec)))

const npmPackage = async ({ docker, signal }: ImageWorkshop, template: string): Promise<ContextFile> => {
  const { Arch } = await docker.version()
  const spec = template.replace('{arch}', Arch === 'amd64' ? 'x64' : Arch)
  const folder = await mkdtemp(join(tmpdir(), 'runledger-npm-'))
  try {
    await runCommand(['npm', 'pack', '--silent', '--prefer-offline', '--pack-destination', folder, spec], signal)
    const [archive] = await readdir(folder)
    if (archive === undefined) throw new Error(`npm pack left nothing of ${spec}`)
    return { name: `npm/${spec.slice(0, spec.lastIndexOf('@'))}.tgz`, content: await readFile(join(folder, archive)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
