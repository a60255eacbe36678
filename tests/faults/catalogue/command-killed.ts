import type { Member } from '../../support/cluster-member.ts'
import type { Watch } from '../../support/link.ts'
import { type Fault, moments } from '../fault.ts'
import { isInsert } from '../is-insert.ts'

/** Resolves when the database has answered an insert of this process and the answer was kept from it. */
const appendUnheard = (member: Member): Promise<void> =>
  new Promise(resolve => {
    const watch = (): Watch => {
      let inserting = false
      return (direction, data) => {
        if (direction === 'request') inserting = isInsert(data)
        else if (inserting) {
          resolve()
          return 'cut'
        }
        return 'pass'
      }
    }
    member.links.mongo.watch(watch)
  })

export const commandKilled: Fault = {
  name: 'SIGKILL of command-service after append, before answer, four times',
  cluster: {},
  strike: async ({ cluster: { command }, storm }) => {
    for (const moment of moments(4)) {
      await storm.reached(moment)
      await appendUnheard(command)
      await command.end('SIGKILL')
      command.links.mongo.watch(null)
      await command.start()
    }
  },
}
