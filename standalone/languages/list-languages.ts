import type { ReadyImage } from '@runledger/sandbox/images/language-image.ts'
import type Dockerode from 'dockerode'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Command, Problems } from './command.ts'
import { findLanguages } from './find-languages.ts'

type Row = readonly [name: string, state: string, version: string, size: string, digest: string]

const heading: Row = ['language', 'state', 'version', 'size', 'digest']
const widths = [14, 8, 12, 8, 0]

const printed = (row: Row): string => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')

const rowOf = async (docker: Dockerode, name: string, image: ReadyImage | undefined): Promise<Row> => {
  if (image === undefined) return [name, 'missing', '', '', '']
  const { Size } = await docker.getImage(image.digest).inspect()
  return [name, 'ready', image.version, `${Math.round(Size / 1e6)} MB`, image.digest.slice(0, 19)]
}

/** Prints what each language's image is, its size with the base that all share. */
export const listLanguages: Command = names =>
  pipe(
    findLanguages(names),
    TE.flatMap(({ definitions, connection, images }) =>
      TE.tryCatch(
        () =>
          Promise.all(
            definitions.map(({ name }) =>
              rowOf(
                connection.docker,
                name,
                images.find(({ definition }) => definition.name === name),
              ),
            ),
          ),
        (cause): Problems => [String(cause)],
      ),
    ),
    TE.map(rows => console.log([heading, ...rows].map(printed).join('\n'))),
  )
