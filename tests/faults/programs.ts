export type Program = Readonly<{ body: object; expected: string }>

// Most are over at once; every fourth runs long enough to be met in the middle of its run.
const sleepSeconds = (index: number): number => (index % 4 === 0 ? 0.5 : 0)

const python = (index: number): string =>
  `import time\nprint("begun", flush=True)\ntime.sleep(${sleepSeconds(index)})\nprint(${index})`

const bash = (index: number): string => `echo begun; sleep ${sleepSeconds(index)}; echo ${index}`

/** Programs that each print something of their own, so that no result can be taken for another. */
export const programs = (count: number): ReadonlyArray<Program> =>
  Array.from({ length: count }, (_, index) => ({
    body: index % 3 === 0 ? { lang: 'bash', code: bash(index) } : { lang: 'python', code: python(index) },
    expected: `begun\n${index}\n`,
  }))
