import type { Watch } from '../../support/link.ts'
import type { Fault } from '../fault.ts'
import { isInsert } from '../is-insert.ts'

const share = 0.05

// Half of the cuts tear the request, so that nothing is stored; the other half keep back the answer of what is.
const tearing = (): Watch => {
  let inserting = false
  return (direction, data) => {
    if (direction === 'request') {
      inserting = isInsert(data)
      return inserting && Math.random() < share ? 'tear' : 'pass'
    }
    return inserting && Math.random() < share ? 'cut' : 'pass'
  }
}

export const connectionCut: Fault = {
  name: 'connection cut in the middle of an insert, one in ten',
  cluster: {},
  strike: async ({ cluster: { members }, storm }) => {
    for (const { links } of members) links.mongo.watch(tearing)
    await storm.reached(0.9)
    for (const { links } of members) links.mongo.watch(null)
  },
}
