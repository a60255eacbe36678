import type { SubmissionId } from '@runledger/shared-kernel/types/ids.ts'

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

/** The id of the index-th submission of a generated history: it begins with its time, as a real one does. */
export const historyId = (index: number): SubmissionId =>
  `${hex(index, 8)}-0000-7000-8000-${hex((index * 2_654_435_761) % 2 ** 32, 12)}` as SubmissionId
