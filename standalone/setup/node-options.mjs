import { join } from 'node:path'

/**
 * V8 keeps a large young generation and lets the heap double before it collects, on the guess that the machine is its
 * own. Output passes through in large strings: without these bounds a program that floods its output makes a service
 * hold on to memory it no longer needs, while the machine is wanted for the programs.
 * @param {number} young megabytes of one half of the young generation
 * @param {number} growth percent by which the old one may grow between two collections of the whole
 */
const heapOf = (young, growth) => [`--max-semi-space-size=${young}`, `--heap-growing-percent=${growth}`]

/**
 * A young generation is collected when it is full, and not from four fifths on in the hope of a quiet moment: a service
 * under load has none. Where somebody waits for each answer, as at a query-service, there are some.
 */
const collectWhenFull = '--no-minor-gc-task'

/**
 * While a projection is rebuilt beside clients all processors are busy: the threads that V8 has help to collect take them
 * from those that work, and are waited for (ADR 0029).
 */
const collectAlone = '--single-threaded-gc'

/**
 * What is all services in one holds pages of databases as well. Services that run no programs may keep more: a small
 * young generation is collected so often that it takes a fifth of their time.
 */
const heaps = {
  standalone: heapOf(4, 20),
  'execution-service': [...heapOf(8, 20), collectWhenFull],
  'command-service': [...heapOf(16, 40), collectWhenFull],
  'query-service': [...heapOf(16, 40), collectAlone],
}

/**
 * Node begins as a copy of a heap made when it was built, whose pages stay with the process. Without it a start takes a
 * tenth of a second more, which modules that were compiled before give back twice over.
 * @param {keyof typeof heaps} program the workspace whose main is run
 */
export const nodeOptionsOf = program => [...heaps[program], '--no-node-snapshot']

/**
 * glibc gives threads heaps of their own, and what one of them freed is neither the others' nor the machine's again: a
 * rebuild, in threads that end, would leave some 70 MiB of them behind. There is little for threads to dispute here.
 * Modules are kept as Node compiled them: a process that finds them so never loads what strips types from them.
 * @param {string} root where the sources lie
 */
export const nodeEnvironmentIn = root => ({
  MALLOC_ARENA_MAX: '1',
  NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'),
})

/** @type {ReadonlyArray<string>} */
export const programs = Object.keys(heaps)

/** @param {string} name @returns {name is keyof typeof heaps} */
export const isProgram = name => programs.includes(name)
