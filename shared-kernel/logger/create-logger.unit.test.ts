import { describe, expect, it } from 'vitest'
import { createLogger } from './create-logger.ts'

const logged = (log: (logger: ReturnType<typeof createLogger>) => void): string => {
  const lines: Array<string> = []
  log(createLogger('debug', { write: line => lines.push(line) }))
  return lines.join('')
}

const secret = 'print("my secret")'

describe('a log line', () => {
  it('has a level by name, a time, the ids and a message', () => {
    expect(
      JSON.parse(logged(logger => logger.info({ submissionId: 'x', attempt: 2 }, 'attempt started'))),
    ).toStrictEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      submissionId: 'x',
      attempt: 2,
      msg: 'attempt started',
    })
  })

  it.each([
    { code: secret },
    { request: { body: secret } },
    { files: [{ name: 'a', content: secret }] },
    { command: { data: { stdin: { content: secret } } } },
    { deep: { deep: { deep: { deep: { deep: { anything: secret } } } } } },
    { report: { stdout: secret, stdInput: secret, stdOutput: secret } },
    { err: Object.assign(new Error('parse failed'), { body: secret }) },
  ])('carries no payload: %#', fields => {
    expect(logged(logger => logger.error(fields, 'failed'))).not.toContain('secret')
  })

  it('tells an error by its name, message and stack, and the code of a system error', () => {
    const line = JSON.parse(
      logged(logger => logger.warn({ code: 'ECONNREFUSED', err: new TypeError('boom') }, 'failed')),
    )
    expect(line).toMatchObject({ code: 'ECONNREFUSED', err: { type: 'TypeError', message: 'boom' } })
  })
})
