import type { DaemonFacts } from './daemon-info.ts'

/** Newer daemons take the name of any shim of containerd, or its path, whether they list it or not. */
const isShim = (name: string): boolean => name.startsWith('io.containerd.') || name.startsWith('/')

/** Why containers cannot run on that OCI runtime (null: the daemon's own), or null where they can. */
export const runtimeProblem = ({ runtimes }: DaemonFacts, runtime: string | null): string | null =>
  runtime === null || runtimes.includes(runtime) || isShim(runtime)
    ? null
    : `is "${runtime}", a runtime the Docker daemon does not know; it knows ${runtimes.join(', ')}`
