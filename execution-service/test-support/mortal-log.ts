import type { EventLog } from '@runledger/shared-kernel/event-log/event-log.ts'
import type { ReadModelStore } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

/** When a process dies: at its `append`th append (from 1), before or after that one has landed. */
export type Death = Readonly<{ append: number; landed: boolean }>

const never = <A>(): Promise<A> => new Promise<A>(() => undefined)

/** One process's access to log and store. From its death on nothing is answered and nothing is done. */
export const mortal = (log: EventLog, store: ReadModelStore, death: Death) => {
  const died = Promise.withResolvers<void>()
  let appends = 0
  let dead = false

  const die = (): void => {
    dead = true
    died.resolve()
  }

  const whileAlive = <A>(task: () => Promise<A>): Promise<A> => (dead ? never() : task())

  const transact: EventLog['transact'] = transaction => () =>
    whileAlive(async () => {
      appends += 1
      if (appends < death.append) return log.transact(transaction)()
      die()
      if (death.landed) await log.transact(transaction)()
      return never()
    })

  const mortalLog: EventLog = {
    ...log,
    transact,
    readStream: (stream, from) => () => whileAlive(log.readStream(stream, from)),
    readPartition: (p, after, limit) => () => whileAlive(log.readPartition(p, after, limit)),
    readPartitions: (after, limit) => () => whileAlive(log.readPartitions(after, limit)),
    tails: () => () => whileAlive(log.tails()),
  }

  const mortalStore: ReadModelStore = {
    ...store,
    get: (collection, id) => () => whileAlive(store.get(collection, id)),
    find: query => () => whileAlive(store.find(query)),
    apply: (writes, checkpoints) => () => whileAlive(store.apply(writes, checkpoints)),
    leases: {
      read: group => () => whileAlive(store.leases.read(group)),
      beat: (group, name) => () => whileAlive(store.leases.beat(group, name)),
      remove: (group, member) => () => whileAlive(store.leases.remove(group, member)),
      hand: (group, lease) => () => whileAlive(store.leases.hand(group, lease)),
    },
  }

  return { log: mortalLog, store: mortalStore, died: died.promise }
}
