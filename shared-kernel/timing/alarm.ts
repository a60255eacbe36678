/** Lets one loop sleep until it is rung or a time has passed. A ring while it is awake is kept for its next sleep. */
export type Alarm = Readonly<{ ring: () => void; sleep: (ms: number) => Promise<'rung' | 'elapsed'> }>

export const createAlarm = (): Alarm => {
  let rung = false
  let wake: () => void = () => undefined

  const sleep = (ms: number): Promise<'rung' | 'elapsed'> =>
    new Promise(resolve => {
      const end = () => {
        clearTimeout(timer)
        wake = () => undefined
        resolve(rung ? 'rung' : 'elapsed')
        rung = false
      }
      const timer = setTimeout(end, ms)
      wake = end
      if (rung) end()
    })

  return {
    ring: () => {
      rung = true
      wake()
    },
    sleep,
  }
}
