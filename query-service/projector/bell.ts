/** Rung at any time, heard once by whoever waits next. */
export type Bell = Readonly<{
  ring: () => void
  /** True as soon as the bell was rung since it was last heard; false when the time is over. */
  heard: (withinMs: number) => Promise<boolean>
}>

export const createBell = (): Bell => {
  let rung = false
  let listener: (() => void) | null = null

  const ring = (): void => {
    rung = true
    listener?.()
  }

  const heard = (withinMs: number): Promise<boolean> =>
    new Promise(resolve => {
      const answer = () => {
        clearTimeout(timer)
        listener = null
        resolve(rung)
        rung = false
      }
      const timer = setTimeout(answer, withinMs)
      listener = answer
      if (rung) answer()
    })

  return { ring, heard }
}
