import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'

/** Several processes' worth of logs behind one: each call goes to the next of them. */
export const spreadLog = (logs: readonly [EventLog, ...ReadonlyArray<EventLog>]): EventLog => {
  let calls = 0
  const next = (): EventLog => logs[calls++ % logs.length] ?? logs[0]
  return {
    logId: logs[0].logId,
    partitions: logs[0].partitions,
    transact: transaction => next().transact(transaction),
    readStream: (stream, fromVersion) => next().readStream(stream, fromVersion),
    readPartition: (p, after, limit) => next().readPartition(p, after, limit),
    readPartitions: (after, limit) => next().readPartitions(after, limit),
    tails: () => next().tails(),
    onAppended: listener => {
      for (const log of logs) log.onAppended(listener)
    },
    close: async () => {
      await Promise.all(logs.map(log => log.close()))
    },
  }
}
