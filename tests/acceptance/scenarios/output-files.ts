import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { runProjections } from '../../support/projections-command.ts'
import { untilProjected } from '../../support/system.ts'
import type { UsedSystem } from './use-system.ts'

type Told = Readonly<{ type: string; version: number; data: Readonly<Record<string, unknown>> }>
type File = Readonly<{ name: string; size: number; content: string; truncated: boolean }>

/** `outputs` of `POST /api/submit` */
export const outputFiles = (system: UsedSystem): void => {
  const submit = (submission: object) => system().client.submit({ lang: 'python', ...submission })

  const eventsOf = async (id: string): Promise<ReadonlyArray<Told>> =>
    (await system().client.get(`/api/submissions/${id}/events`)).body['events'] as ReadonlyArray<Told>

  const base64 = (text: string): string => Buffer.from(text).toString('base64')

  const code = `import os
os.makedirs('plots/deep')
for name in ('b.png', 'a.png', 'plots/deep/c.png', 'plots/note.txt', 'log'):
    with open(name, 'wb') as file:
        file.write(b'\\x89\\xff' + name.encode())
os.symlink('/etc/passwd', 'link.png')
os.mkfifo('plots/pipe.txt')
print('drawn')`

  describe('a submission that asks for files', () => {
    it('has those its program left, in the order of their paths, and why others are not among them', async () => {
      const id = await submit({ code, outputs: ['*.png', 'plots/**'], outputLimits: { files: 3 } })
      const result = await system().client.resultOf(id)
      expect(result).toMatchObject({
        ...{ outcome: 'success', stdOutput: 'drawn\n', outputPatterns: ['*.png', 'plots/**'] },
        outputLimits: { files: 3, fileBytes: 4_194_304, totalBytes: 8_388_608 },
        omittedOutputs: [
          { name: 'link.png', reason: 'not_regular' },
          { name: 'plots/note.txt', reason: 'too_many' },
          { name: 'plots/pipe.txt', reason: 'not_regular' },
        ],
        omittedOutputCount: 3,
      })
      expect(result['outputs']).toEqual(
        ['a.png', 'b.png', 'plots/deep/c.png'].map(name => ({
          ...{ name, size: name.length + 2, truncated: false },
          content: Buffer.concat([Buffer.of(0x89, 0xff), Buffer.from(name)]).toString('base64'),
        })),
      )
    })

    it('keeps large files to the byte, and the beginning of larger ones, in pieces of the log, wherever they are read', async () => {
      const write = `import hashlib
data = b''.join(hashlib.sha256(str(n).encode()).digest() for n in range(160_000))
for name, part in (('big', data[:3_000_000]), ('over', data[:4_194_305])):
    open(name, 'wb').write(part)
open('empty', 'w')
print(hashlib.sha256(data[:4_194_304]).hexdigest())`
      const id = await submit({ code: write, outputs: ['*', '*/*'] })
      const result = await system().client.resultOf(id)
      const files = result['outputs'] as ReadonlyArray<File>
      expect(files.map(({ name, size, truncated }) => [name, size, truncated])).toEqual([
        ['big', 3_000_000, false],
        ['empty', 0, false],
        ['main.py', write.length, false],
        ['over', 4_194_305, true],
      ])
      const digest = await crypto.subtle.digest('SHA-256', Buffer.from(files[3]?.content ?? '', 'base64'))
      expect(result['stdOutput']).toBe(`${Buffer.from(digest).toString('hex')}\n`)
      expect(result).toMatchObject({ omittedOutputs: [], omittedOutputCount: 0 })
      const types = (await eventsOf(id)).map(({ type }) => type)
      expect(types.indexOf('OutputFilesCollected')).toBeGreaterThan(types.lastIndexOf('OutputChunk'))
      expect(types.filter(type => type === 'OutputFileChunk')).toHaveLength(62 + 1 + 86)
      expect(types.at(-1)).toBe('ExecutionCompleted')
      await untilProjected(system())
      expect((await system().client.get(`/api/result/${id}?version=${result['version']}`)).body).toEqual(result)
    })

    it('has them also of a program that fails or meets a limit, and of none that did not run', async () => {
      const half = 'import time\nopen("half", "w").write("x")\ntime.sleep(60)'
      const asked = { outputs: ['half'], limits: { wallTimeMs: 500 } }
      expect(await system().client.resultOf(await submit({ ...asked, code: half }))).toMatchObject({
        ...{ outcome: 'time_limit', outputs: [{ name: 'half', size: 1, content: base64('x'), truncated: false }] },
      })
      const id = await submit({ code: 'import time; time.sleep(30)', outputs: ['*'] })
      await system().client.post(`/api/submissions/${id}/cancel`, {})
      expect(await system().client.resultOf(id)).toMatchObject({ status: 'cancelled', outputs: null })
    })

    it('is refused where it cannot be meant, and told which field is wrong', async () => {
      const because = async (members: object) =>
        (await system().client.post('/api/submit', { lang: 'python', code: '1', ...members })).body['errors']
      expect(await because({ outputs: ['ok', '../up'] })).toEqual([
        { field: 'outputs[1]', message: 'must not contain . or .. as a segment' },
      ])
      expect(await because({ outputs: ['*'], tests: [{ stdin: '' }] })).toMatchObject([{ field: 'outputs' }])
      expect(await because({ outputs: ['*'], outputLimits: { files: 65 } })).toMatchObject([
        { field: 'outputLimits.files', message: 'must be an integer from 1 to 64' },
      ])
      expect(await because({ outputLimits: { files: 1 } })).toMatchObject([{ field: 'outputLimits' }])
    })

    it('is never stored in plain, is replayed with its files, and has none once it is erased', async () => {
      const marker = `secret-${randomUUID()}`
      const id = await submit({ code: `open("${marker}", "w").write("${marker}")`, outputs: [`${marker}*`] })
      const kept = {
        outputs: [{ name: marker, size: marker.length, content: base64(marker), truncated: false }],
      }
      expect(await system().client.resultOf(id)).toMatchObject(kept)
      const replay = String((await system().client.post(`/api/submissions/${id}/replay`, {})).body['codeSubmissionId'])
      expect(await system().client.resultOf(replay)).toMatchObject(kept)
      await untilProjected(system())
      const stored = await system().stored()
      for (const secret of [marker, base64(marker)]) expect(stored).not.toContain(secret)
      await system().client.post(`/api/submissions/${id}/erase`, { why: 'asked for' })
      await untilProjected(system())
      const { body } = await system().client.get(`/api/result/${id}`)
      expect(body).toMatchObject({ erased: true, outcome: 'success', outputLimits: { files: 64 } })
      for (const told of [body, await eventsOf(id)])
        for (const secret of [marker, base64(marker)]) expect(JSON.stringify(told)).not.toContain(secret)
      const verified = await runProjections(['verify', 'result'], system().env, { root: system().root })
      expect(verified).toMatchObject({ status: 0 })
    })
  })
}
