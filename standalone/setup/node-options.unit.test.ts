import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { nodeOptionsOf } from './node-options.mjs'
import { projectRoot } from './project-root.mjs'

const stages = readFileSync(join(projectRoot, 'Dockerfile'), 'utf8').split(/^(?=FROM )/m)

/** What an image is made by: its own stage and those it stands on. */
const stagesOf = (name: string): string => {
  const stage = stages.find(text => text.split('\n', 1)[0]?.endsWith(` AS ${name}`))
  if (stage === undefined) return ''
  return stagesOf(stage.split(' ', 2)[1] ?? '') + stage
}

describe.each(['command-service', 'query-service', 'execution-service'] as const)('the image of a %s', service => {
  const options = nodeOptionsOf(service)

  it('starts Node with the options that npm starts it with', () => {
    const entry = ['node', ...options].map(word => `"${word}"`).join(', ')
    expect(stagesOf(service)).toContain(`\nENTRYPOINT [${entry}]\n`)
  })

  it('holds modules compiled with these options, without which they are not found', () => {
    expect(stagesOf(service)).toContain(`\nRUN node ${options.join(' ')} ${service}/main.ts `)
  })
})
