/**
 * The log was not opened; `message` says why and what to do. `unreachable`: its store did not answer, which may pass.
 * `unfit`: what answers is not this log, or not as it must be.
 */
export type EventLogUnusable = Readonly<{ _tag: 'EventLogUnusable'; kind: 'unreachable' | 'unfit'; message: string }>
