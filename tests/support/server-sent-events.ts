/** One event of a stream, as it was sent; `at` is when it came, in milliseconds since the epoch. */
export type SentEvent = Readonly<{ event: string; id: number; data: Readonly<Record<string, unknown>>; at: number }>

const fieldsOf = (frame: string): ReadonlyMap<string, string> =>
  new Map(frame.split('\n').map(line => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 2)]))

const sentIn = (frame: string): ReadonlyArray<SentEvent> => {
  const fields = fieldsOf(frame)
  const data = fields.get('data')
  if (data === undefined) return []
  return [{ event: fields.get('event') ?? '', id: Number(fields.get('id')), data: JSON.parse(data), at: Date.now() }]
}

/** The events of an answer as they come; comments and other fields are passed over. */
export async function* serverSentEvents(response: Response): AsyncGenerator<SentEvent> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true })
    const frames = text.split('\n\n')
    text = frames.pop() ?? ''
    for (const frame of frames) yield* sentIn(frame)
  }
}

/** All events of an answer, once it has ended. */
export const allServerSentEvents = async (response: Response): Promise<ReadonlyArray<SentEvent>> => {
  const all: Array<SentEvent> = []
  for await (const sent of serverSentEvents(response)) all.push(sent)
  return all
}
