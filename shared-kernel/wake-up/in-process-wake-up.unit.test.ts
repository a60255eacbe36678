import { expect, it } from 'vitest'
import { createInProcessWakeUp } from './in-process-wake-up.ts'
import { wakeUpContract } from './wake-up.contract.ts'

wakeUpContract('the in-process', async () => {
  const defects: Array<unknown> = []
  const wakeUp = createInProcessWakeUp(defect => void defects.push(defect))
  return { wakeUp, announcer: wakeUp, defects, settled: async () => undefined }
})

it('is silent once closed', async () => {
  const wakeUp = createInProcessWakeUp(defect => {
    throw defect
  })
  wakeUp.subscribe(() => {
    throw new Error('told after the end')
  })
  await wakeUp.close()
  expect(() => wakeUp.announce({ p: 0, n: 1 })).not.toThrow()
})
