import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DialogueRefusal, RunListener, RunReport, RunRequest, Sandbox } from './sandbox.ts'
import { type Conversation, conversation } from './test-conversation.ts'

/** `echo` is a program that writes what it reads as it comes, and succeeds at its end. */
export type DialogueSubject = Readonly<{ sandbox: Sandbox; echo: RunRequest }>

const taken = E.right(undefined)
const refused = (why: DialogueRefusal['why']) => E.left({ _tag: 'DialogueRefusal', why })
const ended = (report: Partial<RunReport>) => ({ _tag: 'Right', right: report })

const expectOver = async ({ write, end, signal }: Conversation): Promise<void> => {
  const answers = [await write(Buffer.from('x'))(), await end()(), await signal('SIGTERM')()]
  expect(answers).toEqual([refused('run_ended'), refused('run_ended'), refused('run_ended')])
}

/** What every sandbox does for whoever talks to a program while it runs. */
export const dialogueContract = (name: string, open: () => Promise<DialogueSubject>): void => {
  describe(`${name}: given a run that keeps stdin open`, () => {
    let subject: DialogueSubject
    beforeAll(async () => {
      subject = await open()
    })
    afterAll(() => subject.sandbox.close())

    const talk = (change: Partial<RunRequest> = {}, signal?: AbortSignal) =>
      conversation(subject.sandbox, { ...subject.echo, ...change }, signal)

    it('it answers each thing that is written, and ends when stdin does', async () => {
      const talking = await talk()
      for (const line of ['one\n', 'two\n', 'three\n']) {
        expect(await talking.write(Buffer.from(line))()).toEqual(taken)
        await talking.until(line)
      }
      expect(await talking.end()()).toEqual(taken)
      expect(await talking.report).toMatchObject(ended({ outcome: 'success', exitCode: 0 }))
      expect(talking.said().toString()).toBe('one\ntwo\nthree\n')
    })

    it('it begins with the stdin of its request', async () => {
      const talking = await talk({ stdin: Buffer.from('first ') })
      await talking.until('first ')
      expect(await talking.write(Buffer.from('then'))()).toEqual(taken)
      expect(await talking.end()()).toEqual(taken)
      await talking.report
      expect(talking.said().toString()).toBe('first then')
    })

    it('it can be talked to once, before it says anything', async () => {
      const { sandbox, echo } = subject
      const told: string[] = []
      const listener: RunListener = {
        compiled: () => undefined,
        output: () => void told.push('output'),
        dialogue: ({ end }) => {
          told.push('dialogue')
          void end()()
        },
      }
      await sandbox.run({ ...echo, stdin: Buffer.from('first') }, listener, new AbortController().signal)()
      expect(told).toEqual(['dialogue', 'output'])
    })

    it('bytes are what they were, however they are cut', async () => {
      const bytes = Buffer.from(Array.from({ length: 70_001 }, (_, at) => (at * 167 + (at >> 8)) & 255))
      const talking = await talk()
      for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 3) % 40_009)
        expect(await talking.write(bytes.subarray(at, at + size))()).toEqual(taken)
      await talking.end()()
      await talking.report
      expect(talking.said().equals(bytes)).toBe(true)
    })

    it('nothing can be written behind its end', async () => {
      const talking = await talk()
      const [end, write, again] = [talking.end()(), talking.write(Buffer.from('late'))(), talking.end()()]
      expect(await end).toEqual(taken)
      for (const late of [await write, await again])
        expect([refused('stdin_ended'), refused('run_ended')]).toContainEqual(late)
      await talking.report
      expect(talking.said().toString()).toBe('')
    })

    it('after its end every call says so', async () => {
      const talking = await talk()
      await talking.end()()
      await talking.report
      await expectOver(talking)
    })

    it.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)('%s ends a program that does not expect it', async signal => {
      const talking = await talk({ stdin: Buffer.from('ready') })
      await talking.until('ready')
      await talking.signal(signal)()
      expect(await talking.report).toMatchObject(ended({ outcome: 'signalled', signal, exitCode: null }))
      await expectOver(talking)
    })

    it('whoever calls it off ends it, and hears nothing else from then on', async () => {
      const caller = new AbortController()
      const talking = await talk({}, caller.signal)
      caller.abort()
      expect(await talking.report).toMatchObject({ left: { _tag: 'SandboxFault', kind: 'aborted' } })
      await expectOver(talking)
    })
  })

  describe(`${name}: given a run nobody talks to`, () => {
    it('it sees the end of the stdin it was given', async () => {
      const { sandbox, echo } = await open()
      const written: Uint8Array[] = []
      const listener = {
        compiled: () => undefined,
        output: ({ bytes }: Readonly<{ bytes: Uint8Array }>) => void written.push(bytes),
      }
      const report = await sandbox.run({ ...echo, stdin: Buffer.from('all') }, listener, new AbortController().signal)()
      expect([report, Buffer.concat(written).toString()]).toMatchObject([ended({ outcome: 'success' }), 'all'])
      await sandbox.close()
    })
  })
}
