import { isoDateTime } from '@runledger/shared-kernel/types/primitives.ts'
import * as t from 'io-ts'

export const timeParameter = t.refinement(
  isoDateTime,
  text => !Number.isNaN(Date.parse(text)),
  'a time such as 2026-01-02T03:04:05.678Z',
)
