import type pino from 'pino'

/** A log line has ids and a message, never a payload: no source, no stdin, no output. */
export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>
