import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const mountPoints = (): ReadonlyArray<string> =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter(line => / - cgroup2? /.test(line))
    .map(line => line.split(' ')[4] ?? '')

const childrenOf = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder).map(name => join(folder, name))
  } catch {
    return []
  }
}

/** Folders of cgroups that carry one of these containers' ids: below `docker` with cgroupfs, `system.slice` with systemd. */
export const cgroupsOf = (ids: ReadonlySet<string>): ReadonlyArray<string> =>
  mountPoints()
    .flatMap(root => [join(root, 'docker'), join(root, 'system.slice')])
    .flatMap(childrenOf)
    .filter(path => ids.has(/[0-9a-f]{64}/.exec(path)?.[0] ?? ''))
