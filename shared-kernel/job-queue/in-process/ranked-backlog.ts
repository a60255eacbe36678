/** Lowest rank first; within a rank, first in, first out. */
export type RankedBacklog<Item> = Readonly<{
  push: (rank: number, item: Item) => void
  take: () => Item | undefined
  size: () => number
}>

type Node<Item> = Readonly<{ rank: number; arrival: number; item: Item }>

const comesBefore = (a: Node<unknown>, b: Node<unknown>): boolean =>
  a.rank === b.rank ? a.arrival < b.arrival : a.rank < b.rank

/** A binary heap: both operations cost log(size), however many ranks there are. */
export const rankedBacklog = <Item>(): RankedBacklog<Item> => {
  const heap: Array<Node<Item>> = []
  let arrivals = 0

  const push = (rank: number, item: Item): void => {
    arrivals += 1
    siftUp(heap, { rank, arrival: arrivals, item })
  }

  const take = (): Item | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (first !== undefined && last !== undefined && heap.length > 0) siftDown(heap, last)
    return first?.item
  }

  return { push, take, size: () => heap.length }
}

const siftUp = <Item>(heap: Array<Node<Item>>, node: Node<Item>): void => {
  let hole = heap.length
  while (hole > 0) {
    const parent = (hole - 1) >> 1
    const above = heap[parent]
    if (above === undefined || comesBefore(above, node)) break
    heap[hole] = above
    hole = parent
  }
  heap[hole] = node
}

const siftDown = <Item>(heap: Array<Node<Item>>, node: Node<Item>): void => {
  let hole = 0
  for (let child = firstChild(heap, hole); child !== null; child = firstChild(heap, hole)) {
    if (comesBefore(node, child.node)) break
    heap[hole] = child.node
    hole = child.index
  }
  heap[hole] = node
}

const firstChild = <Item>(heap: ReadonlyArray<Node<Item>>, parent: number) => {
  const index = 2 * parent + 1
  const left = heap[index]
  const right = heap[index + 1]
  if (left === undefined) return null
  return right !== undefined && comesBefore(right, left) ? { index: index + 1, node: right } : { index, node: left }
}
