// BullMQ, for all that import values of it: what stands in for parts of it has to be there before.
import './spare-modules.ts'

export * from 'bullmq'
