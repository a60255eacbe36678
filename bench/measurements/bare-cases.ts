import { containerOptions } from '@runledger/sandbox/docker/container-options.ts'
import type Docker from 'dockerode'
import { readAll } from './bare-in-image.ts'
import { benchPlan } from './plain-container.ts'

/** Milliseconds: of the compilation, and of all runs one after another. */
export type BareCases = Readonly<{ compileMs: number; runsMs: number }>

const script = (count: number) => `cd /box && printf %s "$SOURCE" > main.cpp
began=$(date +%s%N)
g++ -std=gnu++20 -O2 -pipe -DONLINE_JUDGE -o .program -x c++ main.cpp -x none -lm
compiled=$(date +%s%N)
seq ${count} | xargs -P 1 -n 1 ./.program > /dev/null
echo took $((compiled - began)) $(($(date +%s%N) - compiled))`

/** The compiler and the program of the very image, in one container that is started beforehand and does nothing else. */
export const bareCases = async (docker: Docker, image: string, code: string, count: number): Promise<BareCases> => {
  const container = await docker.createContainer({
    ...containerOptions({ ...benchPlan(image), cpus: 2 }),
    Entrypoint: ['sh', '-c', script(count)],
    Env: [`SOURCE=${code}`],
    User: '65534:65534',
    OpenStdin: false,
    StdinOnce: false,
    AttachStdin: false,
  })
  try {
    const output = readAll(await container.attach({ stream: true, stdout: true, stderr: true }))
    await container.start()
    const [, compiled, ran] = /took (\d+) (\d+)/.exec(await output) ?? []
    if (compiled === undefined || ran === undefined) throw new Error(`the bare program did not end: ${await output}`)
    return { compileMs: Number(compiled) / 1e6, runsMs: Number(ran) / 1e6 }
  } finally {
    await container.remove({ force: true })
  }
}
