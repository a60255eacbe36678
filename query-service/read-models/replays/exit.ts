export type Exit = Readonly<{ exitCode: number | null; signal: string | null }>

/** How a program ended; of one that did not run, nothing. */
export const exitOf = (ended: Exit | null | undefined): Exit => ({
  exitCode: ended?.exitCode ?? null,
  signal: ended?.signal ?? null,
})
