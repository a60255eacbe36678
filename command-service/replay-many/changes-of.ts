import type { ComparedReplay } from './api-answers.ts'

const longestExcerpt = 24

type Excerpt = Readonly<{ content: string; encoding: string }>

type Change = Readonly<{ what: string; original: string; replay: string }>

const shown = ({ content, encoding }: Excerpt): string => {
  const quoted = JSON.stringify(content.slice(0, longestExcerpt).toWellFormed())
  return `${encoding === 'base64' ? 'base64 ' : ''}${quoted}${content.length > longestExcerpt ? '...' : ''}`
}

type Exit = ComparedReplay['exit']['original']

const exitText = ({ exitCode, signal }: Exit): string => signal ?? (exitCode === null ? 'none' : String(exitCode))

const parting = (
  what: string,
  { offset, original, replay }: Readonly<{ offset: number; original: Excerpt; replay: Excerpt }>,
): Change => ({ what: `${what} at byte ${offset}`, original: shown(original), replay: shown(replay) })

/** How it ended and what it wrote: of a whole run, and of one test case. */
const changesOfRun = ({
  outcome,
  exit,
  output,
}: Pick<ComparedReplay, 'outcome' | 'exit' | 'output'>): ReadonlyArray<Change> => [
  ...(outcome.same
    ? []
    : [{ what: 'outcome', original: outcome.original ?? 'none', replay: outcome.replay ?? 'none' }]),
  ...(exit.same ? [] : [{ what: 'exit', original: exitText(exit.original), replay: exitText(exit.replay) }]),
  ...(output.firstDifference === null ? [] : [parting(output.firstDifference.stream, output.firstDifference)]),
]

const changesOfTests = ({ tests }: ComparedReplay): ReadonlyArray<Change> => {
  const first = tests?.firstDifference ?? null
  if (first === null) return []
  return changesOfRun(first).map(change => ({
    ...change,
    what: `test ${JSON.stringify(first.name)}: ${change.what}`,
  }))
}

const sizeText = (size: number | null): string => (size === null ? 'none' : `${size} bytes`)

const changesOfFiles = ({ files }: ComparedReplay): ReadonlyArray<Change> => {
  const first = files?.firstDifference ?? null
  if (first === null) return []
  const what = `file ${JSON.stringify(first.name)}`
  if (first.content !== null) return [parting(what, first.content)]
  return [{ what, original: sizeText(first.size.original), replay: sizeText(first.size.replay) }]
}

/** What a judge would see changed: of test cases and of files the first one. */
export const changesOf = (compared: ComparedReplay): ReadonlyArray<Change> => [
  ...changesOfRun(compared),
  ...changesOfTests(compared),
  ...changesOfFiles(compared),
]
