import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A name of a language that the read model cannot count before it is mended. */
export const poison = 'sh'

export const fragileName = 'spellings'

const sourceOf = (isMended: boolean): string => `
import * as t from 'io-ts'
import { defineProjection } from '../../projector/define-projection.ts'

/** How long the name is that each submission gives its language. */
export const spellingsProjection = defineProjection({
  name: '${fragileName}',
  version: 1,
  indexes: [],
  rows: [],
  documentOf: ({ stream }) => stream,
  body: t.strict({ count: t.number }),
  handle: (body, { event }) => {
    if (event.type !== 'SubmissionReceived') return { body, rows: [] }
    const { requestedLanguage } = event.data
    ${isMended ? '' : `if (requestedLanguage === '${poison}') throw new Error('cannot count ${poison}')`}
    return { body: { count: requestedLanguage.length }, rows: [] }
  },
})
`

/** A read model as somebody might add one: a folder, and nothing else. */
export const writeFragileReadModel = (root: string, { isMended }: Readonly<{ isMended: boolean }>): void => {
  const folder = join(root, 'query-service', 'read-models', fragileName)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${fragileName}-projection.ts`), sourceOf(isMended))
}
