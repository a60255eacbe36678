/** The runner or the way to it failed: the connection closed, or the protocol was violated. Says nothing about the program. */
export type RunnerFault = Readonly<{ _tag: 'RunnerFault'; message: string }>

export const runnerFault = (message: string): RunnerFault => ({ _tag: 'RunnerFault', message })
