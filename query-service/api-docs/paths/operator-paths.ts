import { inPath, json, operation, type Paths, text } from '../operation.ts'
import { integer, oneOf, string } from '../schema.ts'

const name = inPath('name', string)

/** What operators ask and tell it. */
export const operatorPaths: Paths = {
  '/api/admin/projections': {
    get: operation({
      summary: 'Each version of each read model, and how far it has followed the log',
      answers: { 200: json('All of them', 'Projections') },
      refusals: [503],
    }),
  },
  '/api/admin/projections/{name}/{change}': {
    post: operation({
      summary: 'Rebuild a read model, or change which version is read',
      parameters: [name, inPath('change', oneOf('rebuild', 'swap', 'rollback', 'replay-parked'))],
      answers: { 202: json('It is under way', 'Projection') },
      refusals: [404, 409, 503],
    }),
  },
  '/api/admin/projections/{name}/versions/{version}': {
    delete: operation({
      summary: 'Drop a version that is not read',
      parameters: [name, inPath('version', integer)],
      answers: { 202: json('It is under way', 'Projection') },
      refusals: [404, 409, 503],
    }),
  },
  '/health/live': {
    get: operation({
      summary: 'Whether the process answers',
      answers: { 200: json('It does', 'Live') },
      refusals: [],
    }),
  },
  '/health/ready': {
    get: operation({
      summary: 'Whether everything it needs does',
      answers: { 200: json('It does', 'Ready') },
      refusals: [503],
    }),
  },
  '/metrics': {
    get: operation({
      summary: 'What the process is measured by, for Prometheus',
      answers: { 200: text('The text format of Prometheus', 'text/plain') },
      refusals: [],
    }),
  },
  '/docs': {
    get: operation({
      summary: 'All this, to be read',
      answers: { 200: text('A page', 'text/html') },
      refusals: [],
    }),
  },
  '/docs/openapi.json': {
    get: operation({
      summary: 'All this, for programs',
      answers: { 200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } } },
      refusals: [],
    }),
  },
}
