import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Projection } from '../projector/projection.ts'

const suffix = '-projection.ts'

const isProjection = (value: unknown): value is Projection =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'version', 'indexes', 'rows', 'documentOf', 'fold'].every(member => member in value)

const projectionIn = async (file: string): Promise<Projection> => {
  const exported: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href)
  const [projection, ...others] = Object.values(exported).filter(isProjection)
  if (projection === undefined || others.length > 0) throw new Error(`${file} exports no projection, or several`)
  return projection
}

/** The projections of a folder of read models: one `<name>-projection.ts` in each of its folders that is one. */
export const discoverProjections = async (folder: string): Promise<ReadonlyArray<Projection>> => {
  const found = await readdir(folder, { withFileTypes: true, recursive: true })
  const files = found.filter(entry => entry.isFile() && entry.name.endsWith(suffix))
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
  const projections = await Promise.all(paths.map(projectionIn))
  const names = projections.map(({ name }) => name)
  if (new Set(names).size < names.length) throw new Error(`two projections have one name: ${names.join(', ')}`)
  return projections
}
