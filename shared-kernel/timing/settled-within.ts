/** True when all settled within `ms`; never rejects and leaves no timer behind. */
export const settledWithin = async (ms: number, promises: ReadonlyArray<Promise<unknown>>): Promise<boolean> => {
  const { promise: timeout, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), ms)
  try {
    return await Promise.race([Promise.allSettled(promises).then(() => true), timeout])
  } finally {
    clearTimeout(timer)
  }
}
