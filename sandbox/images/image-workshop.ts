import type Dockerode from 'dockerode'

/** Where images are made: the daemon, when to stop, and who hears of each step (a short line of text). */
export type ImageWorkshop = Readonly<{
  docker: Dockerode
  signal: AbortSignal
  onProgress: (line: string) => void
}>
