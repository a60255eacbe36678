import type { Logger } from '../logger/logger.ts'

/** A defect nobody caught leaves the process in a state nobody knows: it ends at once, and the next start heals from the log. */
export const leaveOnDefect = (logger: Pick<Logger, 'fatal'>): void => {
  const leave = (origin: string) => (err: unknown) => {
    logger.fatal({ err, origin }, 'an unexpected defect ends the process')
    process.exit(1)
  }
  process.on('uncaughtException', leave('uncaughtException'))
  process.on('unhandledRejection', leave('unhandledRejection'))
}
