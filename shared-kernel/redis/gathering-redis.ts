import { Redis } from 'ioredis'

/**
 * Sends the commands of one turn of the event loop with one write: each on its own would be a system call. Unlike the
 * client's own pipelining, it leaves their order and their answers as they are.
 */
export class GatheringRedis extends Redis {
  private isGathering = false

  override sendCommand(...sent: Parameters<Redis['sendCommand']>): unknown {
    this.gather()
    return super.sendCommand(...sent)
  }

  private gather(): void {
    const { stream } = this
    if (this.isGathering || this.status !== 'ready') return
    this.isGathering = true
    stream.cork()
    setImmediate(() => {
      this.isGathering = false
      stream.uncork()
    })
  }
}
