import type Docker from 'dockerode'
import { scriptInImage } from './script-in-image.ts'

const script = (count: number, atOnce: number) => `cd /box && printf %s "$SOURCE" > main.c
gcc -std=gnu17 -O2 -pipe -o .program main.c
began=$(date +%s%N)
seq ${count} | xargs -P ${atOnce} -n 1 ./.program > /dev/null
echo took $(($(date +%s%N) - began))`

type Runs = Readonly<{ code: string; count: number; atOnce: number }>

/** Fork and exec of a compiled C program, in one container of the very image that does nothing else: runs per second. */
export const bareCompiled = async (docker: Docker, image: string, { code, count, atOnce }: Runs): Promise<number> => {
  const [took = 0] = await scriptInImage(docker, { image, cpus: atOnce, text: script(count, atOnce), source: code })
  return (count * 1e9) / took
}
