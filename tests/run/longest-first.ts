import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** In the order they begin, on machines that remember no durations of an earlier run. */
const longest = [
  'tests/faults/faults.test.ts',
  'tests/acceptance/on-mongodb.test.ts',
  'tests/acceptance/on-sqlite.test.ts',
  'tests/transcript/transcript.test.ts',
  'tests/mongo/rebuilding.test.ts',
]

const place = ({ moduleId }: TestSpecification): number => {
  const found = longest.findIndex(file => moduleId.endsWith(`/${file}`))
  return found === -1 ? longest.length : found
}

const groupOf = ({ project }: TestSpecification): number => project.config.sequence.groupOrder

/** Files that run side by side end together when the long ones among them begin first; vitest begins with the largest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: Array<TestSpecification>): Promise<Array<TestSpecification>> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || place(a) - place(b))
  }
}
