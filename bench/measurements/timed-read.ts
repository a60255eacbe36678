import type { AddressInfo } from 'node:net'
import type { Served } from '@runledger/query-service/query-service.fixture.ts'
import { getJson } from './http-client.ts'

/** Milliseconds until a client has a result. The client is a lean one: it runs in the thread of the service. */
export const timedRead = async ({ server }: Pick<Served, 'server'>, id: string): Promise<number> => {
  const { port } = server.address() as AddressInfo
  const began = performance.now()
  await getJson(`http://127.0.0.1:${port}/api/result/${id}`)
  return performance.now() - began
}
