import type Docker from 'dockerode'
import { scriptInImage } from './script-in-image.ts'

const script = (count: number, atOnce: number) =>
  `began=$(date +%s%N); seq ${count} | xargs -P ${atOnce} -I{} python3 -c 'print(1)'; echo took $(($(date +%s%N) - began))`

/**
 * Fork and exec of the very interpreter that Runledger's programs run on, in one container that is started beforehand and
 * does nothing else: runs per second, `atOnce` in parallel.
 */
export const bareInImage = async (docker: Docker, image: string, count: number, atOnce: number): Promise<number> => {
  const [took = 0] = await scriptInImage(docker, { image, cpus: atOnce, text: script(count, atOnce) })
  return (count * 1e9) / took
}
