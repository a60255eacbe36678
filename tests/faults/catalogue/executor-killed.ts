import { type Fault, moments, type Scene } from '../fault.ts'

/** Kills one executor after the other in the middle of what it runs; each comes back. */
export const killExecutors = async ({ cluster, storm }: Scene, times: number): Promise<void> => {
  for (const [turn, moment] of moments(times).entries()) {
    await storm.reached(moment)
    const doomed = cluster.executors[turn % cluster.executors.length]
    await doomed?.end('SIGKILL')
    await doomed?.start()
  }
}

export const executorKilled: Fault = {
  name: 'SIGKILL of an execution-service, four times',
  cluster: {},
  strike: scene => killExecutors(scene, 4),
}
