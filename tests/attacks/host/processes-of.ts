import { readdirSync, readFileSync } from 'node:fs'

// A process that ends meanwhile has no cgroup any more.
const cgroupsOf = (pid: string): string => {
  try {
    return readFileSync(`/proc/${pid}/cgroup`, 'utf8')
  } catch {
    return ''
  }
}

const containerId = /[0-9a-f]{64}/g

/** Processes of the host by the container whose cgroup they are in, however the daemon names its cgroups. */
export const processesByContainer = (): ReadonlyMap<string, ReadonlyArray<number>> => {
  const found = new Map<string, ReadonlyArray<number>>()
  for (const pid of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    for (const id of new Set(cgroupsOf(pid).match(containerId))) found.set(id, [...(found.get(id) ?? []), Number(pid)])
  }
  return found
}
