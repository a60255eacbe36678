/**
 * A Docker call that gave no answer to use: `unreachable` (no daemon at the socket), `timeout` (it hangs), `missing`
 * (no such container or image), `refused` (any other answer).
 */
export type DockerFault = Readonly<{
  _tag: 'DockerFault'
  kind: 'unreachable' | 'timeout' | 'missing' | 'refused'
  message: string
}>

export const dockerFault = (kind: DockerFault['kind'], message: string): DockerFault => ({
  _tag: 'DockerFault',
  kind,
  message,
})

/** Whether the daemon itself is in doubt, not only what it was asked. */
export const doubtsDaemon = ({ kind }: DockerFault): boolean => kind === 'unreachable' || kind === 'timeout'
