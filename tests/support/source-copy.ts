import { cpSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import { tempFolder } from './temp-folder.ts'

const services = ['shared-kernel', 'command-service', 'execution-service', 'query-service', 'sandbox', 'standalone']

/** The sources as somebody has them who changes them: what is added or edited there, only that copy runs. */
export type SourceCopy = Readonly<{ root: string; remove: () => void }>

export const copySources = (): SourceCopy => {
  const folder = tempFolder()
  const root = join(folder.path, 'runledger')
  const packages = join(root, 'node_modules', '@runledger')
  mkdirSync(packages, { recursive: true })
  for (const name of services) {
    cpSync(join(projectRoot, name), join(root, name), {
      recursive: true,
      filter: path => !path.endsWith('/node_modules'),
    })
    symlinkSync(join(root, name), join(packages, name))
  }
  cpSync(join(projectRoot, 'package.json'), join(root, 'package.json'))
  symlinkSync(join(projectRoot, 'node_modules'), join(folder.path, 'node_modules'))
  return { root, remove: folder.remove }
}
