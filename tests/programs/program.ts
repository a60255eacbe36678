/** What a client can see of a run that these programs promise. Several outcomes where the kernel decides which comes first. */
export type Expectation = Readonly<{
  outcomes: ReadonlyArray<string>
  exitCode?: number
  stdOutput?: string
}>

export type Program = Readonly<{
  lang: string
  kind: string
  code: string
  stdInput?: string
  args?: ReadonlyArray<string>
  limits?: Readonly<Record<string, number>>
  expect: Expectation
}>

export type Sources = Readonly<Partial<Record<Kind, string>>>

export type Kind =
  | 'greets'
  | 'echoes'
  | 'isBroken'
  | 'exitsWith3'
  | 'crashes'
  | 'loops'
  | 'sleeps'
  | 'hogsMemory'
  | 'forkBombs'
  | 'floods'
