type Answer = Readonly<{ status: number; headers: Headers; body: Record<string, unknown> }>

/** Sees every answer before the client does. */
export type OnAnswer = (method: 'get' | 'post', path: string, answer: Answer) => void

/** What a client of the HTTP API does, in words of the API. */
export type Client = Readonly<{
  get: (path: string) => Promise<Answer>
  post: (path: string, body: unknown) => Promise<Answer>
  /** Submits and answers the submission's id. Anything but 201 is an error. */
  submit: (body: unknown) => Promise<string>
  /** Waits by long polls until the submission has ended, as long as the caller's own deadline allows. */
  resultOf: (id: string) => Promise<Record<string, unknown>>
}>

const answerOf = async (response: Response): Promise<Answer> => ({
  status: response.status,
  headers: response.headers,
  body: (await response.json()) as Record<string, unknown>,
})

export const clientOf = (url: string, onAnswer: OnAnswer = () => undefined): Client => {
  const seen = async (method: 'get' | 'post', path: string, response: Response): Promise<Answer> => {
    const answer = await answerOf(response)
    onAnswer(method, path, answer)
    return answer
  }
  const get = async (path: string) => seen('get', path, await fetch(`${url}${path}`))
  const post = async (path: string, body: unknown) =>
    seen(
      'post',
      path,
      await fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  const submit = async (body: unknown) => {
    const { status, body: answer } = await post('/api/submit', body)
    if (status !== 201) throw new Error(`submit answered ${status}: ${JSON.stringify(answer)}`)
    return String(answer['codeSubmissionId'])
  }
  const resultOf = async (id: string): Promise<Record<string, unknown>> => {
    const { status, body } = await get(`/api/result/${id}?wait=30`)
    if (status !== 200) throw new Error(`result answered ${status}: ${JSON.stringify(body)}`)
    return body['status'] === 'pending' ? resultOf(id) : body
  }
  return { get, post, submit, resultOf }
}
