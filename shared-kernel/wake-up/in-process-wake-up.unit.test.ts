import { expect, it } from 'vitest'
import { createInProcessWakeUp } from './in-process-wake-up.ts'
import { wakeUpContract } from './wake-up.contract.ts'

wakeUpContract(async () => {
  const defects: Array<unknown> = []
  return { wakeUp: createInProcessWakeUp(defect => void defects.push(defect)), defects }
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
