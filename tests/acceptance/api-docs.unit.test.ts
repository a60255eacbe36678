import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { submitBody } from '@runledger/command-service/commands/submit/submit-body.ts'
import { openapi } from '@runledger/query-service/api-docs/openapi.ts'
import { page } from '@runledger/query-service/api-docs/page.ts'
import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import { rightOf } from '@runledger/shared-kernel/event-log/contract/right-of.ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const services = ['shared-kernel', 'command-service', 'query-service', 'execution-service', 'standalone']

const routesIn = (source: string): ReadonlyArray<string> =>
  [...source.matchAll(/\broute\(\s*'([^']+)',\s*\{\s*(\w+):/g)].map(
    ([, path = '', method = '']) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )

const served = (): ReadonlyArray<string> =>
  services.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(file => /(?<!\.test)\.ts$/.test(file) && !file.includes('node_modules'))
      .flatMap(file => routesIn(readFileSync(join(root, folder, file), 'utf8'))),
  )

const documented = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
)

describe('what /docs tells', () => {
  it('is OpenAPI', async () => {
    expect(await new Validator().validate(structuredClone(openapi))).toEqual({ valid: true })
  })

  it('is of every route there is, and of no other', () => {
    expect(documented.toSorted()).toEqual([...new Set(served())].toSorted())
  })

  it('is of every member a submission may have', () => {
    const [needed, optional] = submitBody(rightOf(readConfig({})).limits).types
    const names = [needed, optional].map(({ type }) => Object.keys(type.props))
    const { Submission } = openapi.components.schemas
    expect(Submission?.['required']).toEqual(names[0])
    expect(Object.keys(Submission?.['properties'] ?? {}).toSorted()).toEqual(names.flat().toSorted())
  })

  it('refers to what is there', () => {
    const named = [...JSON.stringify(openapi).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(new Set(named)).toEqual(new Set(Object.keys(openapi.components.schemas)))
  })

  it('is a page of its own, that links to each schema it names', () => {
    for (const path of Object.keys(openapi.paths)) expect(page).toContain(`<code>${path}</code>`)
    const links = [...page.matchAll(/href="#(\w+)"/g)].map(([, name]) => name)
    for (const name of links) expect(page).toContain(`id="${name}"`)
    expect(page).not.toMatch(/<script|src=|https?:/)
  })
})
