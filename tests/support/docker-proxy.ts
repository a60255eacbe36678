import { type Link, openLink } from './link.ts'

const daemon = '/var/run/docker.sock'

/** A way to the Docker daemon that the test can close and open, so that Docker is gone for one process only. */
export type DockerProxy = Link & Readonly<{ host: string }>

export const dockerProxy = async (socketPath: string): Promise<DockerProxy> => ({
  ...(await openLink({ path: socketPath }, { path: daemon })),
  host: `unix://${socketPath}`,
})
