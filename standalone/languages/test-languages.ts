import { createSelfTest } from '@runledger/sandbox/docker/self-test.ts'
import type { ReadyImage } from '@runledger/sandbox/images/language-image.ts'
import { isLeft } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Command, Problems } from './command.ts'
import { type FoundLanguages, findLanguages } from './find-languages.ts'

/** Runs the self-test of the languages named on their images, in the sandbox. */
export const testLanguages: Command = names => pipe(findLanguages(names), TE.flatMap(testAll))

const testAll =
  ({ definitions, connection, images }: FoundLanguages): TE.TaskEither<Problems, void> =>
  async () => {
    const built = new Set(images.map(({ definition }) => definition.name))
    const missing = definitions.flatMap(({ name }) => (built.has(name) ? [] : [`${name}: is not built yet`]))
    const selfTest = createSelfTest(connection)
    const failed: Array<string> = []
    for (const image of images) failed.push(...(await testOne(selfTest, image)))
    const problems = [...missing, ...failed]
    return problems.length === 0 ? TE.right(undefined)() : TE.left(problems)()
  }

const testOne = async (
  selfTest: ReturnType<typeof createSelfTest>,
  { definition, digest }: ReadyImage,
): Promise<Problems> => {
  const verdict = await selfTest(definition, digest)
  if (isLeft(verdict)) return [`${definition.name}: ${verdict.left}`]
  console.log(`${definition.name}: ${definition.selfTest.length} cases passed`)
  return []
}
