import pino from 'pino'
import { censored } from './censored.ts'
import { describeError } from './describe-error.ts'
import type { Logger } from './logger.ts'

/** JSON lines with the level's name, on stdout unless another destination is given. */
export const createLogger = (level: string, destination?: pino.DestinationStream): Logger => {
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError, error: describeError },
    formatters: { level: label => ({ level: label }), log: censored },
  }
  return destination === undefined ? pino(options) : pino(options, destination)
}
