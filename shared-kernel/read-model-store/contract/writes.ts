import type { Document, JsonObject, Query, Write } from '../read-model-store.ts'

export const document = (id: string, version: number, body: JsonObject = {}): Document => ({ id, version, body })
export const put = (id: string, version: number, expected: number, body: JsonObject = {}): Write => ({
  kind: 'put',
  collection: 'things',
  document: document(id, version, body),
  expected,
})
export const insert = (id: string, body: JsonObject): Write => ({
  kind: 'insert',
  collection: 'things',
  document: document(id, 1, body),
})

export const query = (rest: Partial<Query>): Query => ({
  collection: 'things',
  where: {},
  order: 'ascending',
  after: null,
  limit: 100,
  ...rest,
})
