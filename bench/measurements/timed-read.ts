import type { Served } from '@runledger/query-service/query-service.fixture.ts'

/** Milliseconds until a client has a result. */
export const timedRead = async ({ get }: Pick<Served, 'get'>, id: string): Promise<number> => {
  const began = performance.now()
  const response = await get(`/api/result/${id}`)
  await response.json()
  if (response.status !== 200) throw new Error(`the result of ${id} was answered with ${response.status}`)
  return performance.now() - began
}
