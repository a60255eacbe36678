import { openapi } from './openapi.ts'
import type { Operation } from './operation.ts'

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

// What Markdown of the document's descriptions there is.
const prose = (text: string): string => escaped(text).replaceAll(/`([^`]*)`/g, '<code>$1</code>')

type Content = Operation['responses'][string]['content']
type Parameter = Operation['parameters'][number]

const linked = (schema: unknown): string =>
  JSON.stringify(schema, null, 2)
    .split(/("#\/components\/schemas\/\w+")/)
    .map((part, index) => {
      const name = part.slice('"#/components/schemas/'.length, -1)
      return index % 2 === 0 ? escaped(part) : `<a href="#${name}">${name}</a>`
    })
    .join('')

const contentOf = (content: Content): string =>
  Object.entries(content)
    .map(([type, { schema }]) => `<code>${escaped(type)}</code> <pre>${linked(schema)}</pre>`)
    .join('')

const row = ({ name, in: place, description = '' }: Parameter): string =>
  `<tr><td><code>${escaped(name)}</code></td><td>${place}</td><td>${prose(description)}</td></tr>`

const section = (method: string, path: string, { summary, parameters, requestBody, responses }: Operation): string => `
<details><summary><b>${method.toUpperCase()}</b> <code>${escaped(path)}</code> ${prose(summary)}</summary>
${parameters.length === 0 ? '' : `<table>${parameters.map(row).join('')}</table>`}
${requestBody === undefined ? '' : `<h4>Body</h4>${contentOf(requestBody.content)}`}
${Object.entries(responses)
  .map(([status, { description, content }]) => `<h4>${status} ${prose(description)}</h4>${contentOf(content)}`)
  .join('')}
</details>`

const sections = Object.entries(openapi.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => section(method, path, operation)),
)

const schemas = Object.entries(openapi.components.schemas).map(
  ([name, schema]) => `<h3 id="${name}">${name}</h3><pre>${linked(schema)}</pre>`,
)

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
pre{background:#8881;padding:.5rem;overflow:auto}td{padding:.1rem .8rem .1rem 0;vertical-align:top}
summary{cursor:pointer;padding:.2rem 0}h4{margin:.6rem 0 0}:root{color-scheme:light dark}`

/** The document as one page that needs nothing else. */
export const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Runledger</title>
<style>${style}</style></head><body>
<h1>${openapi.info.title}</h1><p>${prose(openapi.info.description)} For programs: <a href="/docs/openapi.json">openapi.json</a></p>
${sections.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</body></html>
`
