import type { RequestHandler } from 'express'

// Neither is wanted often: they are not in memory before somebody asks.
const headers = { 'Cache-Control': 'public, max-age=300' }

/** `GET /docs`: the HTTP interface as a page. */
export const getDocs: RequestHandler = async (_request, response) => {
  const { page } = await import('../api-docs/page.ts')
  const policy = "default-src 'none'; style-src 'unsafe-inline'"
  response
    .set({ ...headers, 'Content-Security-Policy': policy })
    .type('html')
    .send(page)
}

/** `GET /docs/openapi.json`: the same for programs. */
export const getOpenapi: RequestHandler = async (_request, response) => {
  const { openapi } = await import('../api-docs/openapi.ts')
  response.set(headers).json(openapi)
}
