type Options<Item> = Readonly<{
  /** As many go together at most. */
  most: number
  /** Waits for others to join, told how many went last; 1 before the first group. */
  gather: (lastGroup: number) => Promise<unknown>
  /** Answers each of the group. Does not reject. */
  take: (group: ReadonlyArray<Item>) => Promise<void>
}>

/** Takes items group by group, one group at a time: what comes while one is under way goes together with the next. */
export const inGroups = <Item>({ most, gather, take }: Options<Item>): ((item: Item) => void) => {
  const waiting: Array<Item> = []
  let isUnderWay = false

  const takeAll = async (): Promise<void> => {
    isUnderWay = true
    for (let last = 1; waiting.length > 0; ) {
      await gather(last)
      const group = waiting.splice(0, most)
      last = group.length
      await take(group)
    }
    isUnderWay = false
  }

  return item => {
    waiting.push(item)
    if (!isUnderWay) void takeAll()
  }
}
