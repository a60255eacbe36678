import { Agent, request } from 'node:http'

// One keep-alive pool for all requests: the connection is not what is measured.
const agent = new Agent({ keepAlive: true, maxSockets: 256 })

type Answer = Readonly<{ status: number | undefined; text: string }>

// A server ends a connection that was idle for a while, if need be at the moment it is used again.
const exchange = (url: string, method: string, body?: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method, headers: body === undefined ? {} : { 'content-type': 'application/json' } },
      answer => {
        const pieces: Array<Buffer> = []
        answer.on('data', (piece: Buffer) => pieces.push(piece))
        answer.on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(pieces).toString('utf8') }))
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

/** What there is at a URL, as JSON; throws where it is not answered with 200. */
export const getJson = async (url: string): Promise<Result> => {
  const { status, text } = await exchange(url, 'GET')
  if (status !== 200) throw new Error(`${url} was answered with ${status}: ${text}`)
  return JSON.parse(text)
}

/** Submits and waits for the end by long poll, at `queries` where that is a service of its own; answers the result. */
export const runToEnd = async (origin: string, submission: object, queries = origin): Promise<Result> => {
  const { text } = await exchange(`${origin}/api/submit`, 'POST', JSON.stringify(submission))
  const accepted = JSON.parse(text) as Result
  const id = accepted['codeSubmissionId']
  if (typeof id !== 'string') throw new Error(`the submission was refused: ${JSON.stringify(accepted)}`)
  for (;;) {
    const result = await getJson(`${queries}/api/result/${id}?wait=60`)
    if (result['status'] !== 'pending') return result
  }
}
