import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { giveWay } from './give-way.ts'

/** How nice the kernel says a thread is: the 19th of proc_pid_stat(5), counted from behind a name that may hold anything. */
const niceness = (stat: string): number => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16])

const before = niceness(readFileSync('/proc/thread-self/stat', 'utf8'))
giveWay()
const after = niceness(readFileSync('/proc/thread-self/stat', 'utf8'))
const ofProcess = niceness(readFileSync('/proc/self/stat', 'utf8'))
parentPort?.postMessage({ before, after, ofProcess })
