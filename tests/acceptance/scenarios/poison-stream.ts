import { describe, expect, it } from 'vitest'
import { runProjections } from '../../support/projections-command.ts'
import { shownProjection, untilProjected } from '../../support/system.ts'
import { fragileName, poison, writeFragileReadModel } from './fragile-read-model.ts'
import type { UsedSystem } from './use-system.ts'

/** A read model that was added as a folder, and cannot fold what one submission was sent. */
export const poisonStream = (system: UsedSystem): void => {
  const tool = (...args: ReadonlyArray<string>) => runProjections(args, system().env, { root: system().root })
  const parked = async () => (await shownProjection(system(), fragileName)).versions.map(each => each.parked)
  const measured = async (): Promise<ReadonlyArray<string>> =>
    (await system().metrics())
      .split('\n')
      .filter(line => line.startsWith(`runledger_projection_parked_streams{projection="${fragileName}"`))
  const countOf = async (id: string) => {
    const { store, close } = await system().openStores()
    const found = await store.get(`${fragileName}__v1`, `submission-${id}`)()
    await close()
    return found._tag === 'Right' ? (found.right?.body['count'] ?? null) : found.left.message
  }

  describe('a read model added as a folder, that throws at one event', () => {
    it('leaves out that stream only and says so; mended, it takes the stream up again', async () => {
      const { client } = system()
      const bad = await client.submit({ lang: poison, code: 'echo bad' })
      const good = await client.submit({ lang: 'bash', code: 'echo good' })
      expect(await client.resultOf(bad)).toMatchObject({ stdOutput: 'bad\n' })
      expect(await client.resultOf(good)).toMatchObject({ stdOutput: 'good\n' })
      await untilProjected(system())
      expect([await parked(), await countOf(bad), await countOf(good)]).toEqual([[1], null, 4])
      expect(JSON.stringify((await client.get('/health/ready')).body)).toContain(`projection ${fragileName} are parked`)
      expect(await measured()).toEqual([expect.stringMatching(/ 1$/)])
      expect(await tool('replay-parked', fragileName)).toMatchObject({
        status: 1,
        printed: expect.stringContaining(`submission-${bad} stays parked: cannot count ${poison}`),
      })

      writeFragileReadModel(system().root, { isMended: true })
      await system().restartReaders()
      expect(await tool('replay-parked', fragileName)).toMatchObject({ status: 0 })
      expect([await parked(), await countOf(bad), await countOf(good)]).toEqual([[0], 2, 4])
      expect(JSON.stringify((await client.get('/health/ready')).body)).not.toContain('parked')
      expect(await measured()).toEqual([expect.stringMatching(/ 0$/)])
    })
  })
}
