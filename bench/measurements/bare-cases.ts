import type Docker from 'dockerode'
import { scriptInImage } from './script-in-image.ts'

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
  const [compiled = 0, ran = 0] = await scriptInImage(docker, { image, cpus: 2, text: script(count), source: code })
  return { compileMs: compiled / 1e6, runsMs: ran / 1e6 }
}
