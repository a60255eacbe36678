import { describe, expect, it } from 'vitest'
import { expectDocumented } from './expect-documented.ts'

const id = '01a219d0-c6f9-72fb-8033-a3ab13fd859b'
const cancelled = { message: 'Code submission cancelled', codeSubmissionId: id, status: 'cancelled' }
const path = `/api/submissions/${id}/cancel`

const answered = (body: unknown, status = 200, type = 'application/json; charset=utf-8') => {
  const headers = new Headers({ 'content-type': type })
  return { status, headers, body: body as Record<string, unknown> }
}

describe('answers that are held against /docs', () => {
  it('are fine as they are documented', () => {
    expectDocumented('post', path, answered(cancelled))
    expectDocumented('get', '/nowhere', answered({}, 404))
  })

  it.each([
    ['a member more', path, answered({ ...cancelled, more: 1 }), /additional properties/],
    ['a member less', path, answered({ message: 'x', codeSubmissionId: id }), /required property 'status'/],
    ['another value', path, answered({ ...cancelled, status: 'gone' }), /allowed values/],
    ['another status', path, answered(cancelled, 204), /204 is not documented/],
    ['another type', path, answered(cancelled, 200, 'text/plain'), /not documented to be text\/plain/],
    ['another path', '/nowhere', answered({}), /\/nowhere is not documented/],
  ])('are refused with %s', (_, asked, answer, why) => {
    expect(() => expectDocumented('post', asked, answer)).toThrow(why)
  })
})
