import { containerOptions } from '@runledger/sandbox/docker/container-options.ts'
import type Docker from 'dockerode'
import { readAll } from './bare-in-image.ts'
import { benchPlan } from './plain-container.ts'

const script = (count: number, atOnce: number) => `cd /box && printf %s "$SOURCE" > main.c
gcc -std=gnu17 -O2 -pipe -o .program main.c
began=$(date +%s%N)
seq ${count} | xargs -P ${atOnce} -n 1 ./.program > /dev/null
echo took $(($(date +%s%N) - began))`

type Runs = Readonly<{ code: string; count: number; atOnce: number }>

/** Fork and exec of a compiled C program, in one container of the very image that does nothing else: runs per second. */
export const bareCompiled = async (docker: Docker, image: string, { code, count, atOnce }: Runs): Promise<number> => {
  const container = await docker.createContainer({
    ...containerOptions({ ...benchPlan(image), cpus: atOnce }),
    Entrypoint: ['sh', '-c', script(count, atOnce)],
    Env: [`SOURCE=${code}`],
    User: '65534:65534',
    OpenStdin: false,
    StdinOnce: false,
    AttachStdin: false,
  })
  try {
    const output = readAll(await container.attach({ stream: true, stdout: true, stderr: true }))
    await container.start()
    const took = /took (\d+)/.exec(await output)?.[1]
    if (took === undefined) throw new Error(`the bare program did not end: ${await output}`)
    return (count * 1e9) / Number(took)
  } finally {
    await container.remove({ force: true })
  }
}
