type Options<Item> = Readonly<{
  /** As many go together at most. */
  most: number
  /** What goes together weighs no more than that, unless it is one alone. */
  weight?: Readonly<{ of: (item: Item) => number; most: number }>
  /** Waits for others to join, told how many went last and how long they took, in ms; 1 and 0 before the first group. */
  gather: (lastGroup: number, lastMs: number) => Promise<unknown>
  /** Answers each of the group. Does not reject. */
  take: (group: ReadonlyArray<Item>) => Promise<void>
}>

/** Takes items group by group, one group at a time: what comes while one is under way goes together with the next. */
export const inGroups = <Item>({ most, weight, gather, take }: Options<Item>): ((item: Item) => void) => {
  const waiting: Array<Item> = []
  let isUnderWay = false

  const sizeOfNext = (): number => {
    if (weight === undefined) return most
    let sum = 0
    const tooMany = waiting.findIndex((item, index) => {
      sum += weight.of(item)
      return index === most || (index > 0 && sum > weight.most)
    })
    return tooMany === -1 ? most : tooMany
  }

  const takeAll = async (): Promise<void> => {
    isUnderWay = true
    let [last, tookMs] = [1, 0]
    while (waiting.length > 0) {
      await gather(last, tookMs)
      const group = waiting.splice(0, sizeOfNext())
      last = group.length
      const began = performance.now()
      await take(group)
      tookMs = performance.now() - began
    }
    isUnderWay = false
  }

  return item => {
    waiting.push(item)
    if (!isUnderWay) void takeAll()
  }
}
