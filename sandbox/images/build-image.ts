import { stripVTControlCharacters } from 'node:util'
import type Dockerode from 'dockerode'
import { buildContext, type ContextFile } from './build-context.ts'
import { daemonReports } from './daemon-reports.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { problemInWords } from './problem-in-words.ts'

export type ImageRecipe = Readonly<{
  /** What is being built, as progress and problems call it. */
  subject: string
  /** With a `Dockerfile` among them. */
  files: ReadonlyArray<ContextFile>
  buildArgs: Readonly<Record<string, string>>
  labels: Readonly<Record<string, string>>
  /** Nothing is fetched: the steps run without a network. */
  offline?: boolean
}>

const silenceMs = 300_000
const rememberedLines = 12

/** Builds and resolves to the image's id, without naming it. Rejects with the last lines of output where it fails. */
export const buildImage = async (workshop: ImageWorkshop, recipe: ImageRecipe): Promise<string> => {
  const { docker, signal, onProgress } = workshop
  const stream = await docker.buildImage(buildContext(recipe.files), buildOptions(recipe, signal))
  const said: Array<string> = []
  let id: string | null = null
  try {
    for await (const { stream: text = '', aux } of daemonReports(stream, silenceMs)) {
      said.push(...printable(text))
      said.splice(0, said.length - rememberedLines)
      id = aux?.ID ?? id
      const step = /^Step \d+\/\d+ : (RUN|COPY|ADD) +(.*)/.exec(text)
      if (step !== null) onProgress(`${recipe.subject}: ${shortened(`${step[1]} ${step[2]}`)}`)
    }
  } catch (cause) {
    throw new Error([`${recipe.subject}: the build failed: ${problemInWords(cause)}`, ...said].join('\n  '), { cause })
  }
  if (id === null) throw new Error(`${recipe.subject}: the daemon ended the build without an image`)
  return id
}

const buildOptions = (recipe: ImageRecipe, signal: AbortSignal): Dockerode.ImageBuildOptions => ({
  buildargs: recipe.buildArgs,
  labels: recipe.labels,
  rm: true,
  forcerm: true,
  ...(recipe.offline === true ? { networkmode: 'none' } : {}),
  abortSignal: signal,
})

const printable = (text: string): ReadonlyArray<string> =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter(line => line.trim() !== '')

const shortened = (step: string): string => (step.length > 80 ? `${step.slice(0, 79)}…` : step)
