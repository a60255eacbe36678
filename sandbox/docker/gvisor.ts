const isGvisor = (runtime: string | null): boolean => runtime !== null && /runsc|gvisor/i.test(runtime)

/**
 * Processes of a container beside the program's and the runner's. gVisor is a kernel of its own in a process whose
 * threads the container's limit counts; it dies where it cannot have one more.
 */
export const runtimeProcesses = (runtime: string | null): number => (isGvisor(runtime) ? 128 : 0)

/** What programs and verdicts lose on that runtime, in words. */
export const runtimeDrawbacks = (runtime: string): ReadonlyArray<string> =>
  isGvisor(runtime)
    ? [
        `${runtime} shows the runner no cgroup: CPU of child processes counts once they have ended, peak memory is an ` +
          'estimate, and a program that takes all memory or processes takes its container with it',
      ]
    : []
