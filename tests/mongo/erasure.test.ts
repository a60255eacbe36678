import { erasureContract } from '@runledger/query-service/erasures/erasure.contract.ts'
import { openParts, useMongo } from './use-mongo.ts'

const mongo = await useMongo()

erasureContract('MongoDB', () => openParts(mongo.place()))
