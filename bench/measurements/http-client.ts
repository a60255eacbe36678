import { Agent, request } from 'node:http'

// One keep-alive pool for all requests: the connection is not what is measured.
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

// A server ends a connection that was idle for a while, if need be at the moment it is used again.
const exchange = (url: string, method: string, body?: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method, headers: body === undefined ? {} : { 'content-type': 'application/json' } },
      answer => {
        const pieces: Array<Buffer> = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')))
        answer.on('error', reject)
      },
    )
    sent.on('error', (error: NodeJS.ErrnoException) => {
      if (sent.reusedSocket && error.code === 'ECONNRESET') resolve(exchange(url, method, body))
      else reject(error)
    })
    sent.end(body)
  })

type Result = Readonly<Record<string, unknown>>

/** Submits and waits for the end by long poll, at `queries` where that is a service of its own; answers the result. */
export const runToEnd = async (origin: string, submission: object, queries = origin): Promise<Result> => {
  const accepted = JSON.parse(await exchange(`${origin}/api/submit`, 'POST', JSON.stringify(submission))) as Result
  const id = accepted['codeSubmissionId']
  if (typeof id !== 'string') throw new Error(`the submission was refused: ${JSON.stringify(accepted)}`)
  for (;;) {
    const result = JSON.parse(await exchange(`${queries}/api/result/${id}?wait=60`, 'GET')) as Result
    if (result['status'] !== 'pending') return result
  }
}
