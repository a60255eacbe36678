import { join } from 'node:path'

/**
 * V8 keeps a large young generation and lets the heap double before it collects, on the guess that the machine is its
 * own. Output passes through in large strings: without these bounds a program that floods its output makes the service
 * hold on to memory it no longer needs, while the machine is wanted for the programs. Services that run none may keep a
 * larger young generation: a small one is collected so often that it takes a fifth of their time.
 */
const youngMegabytes = { standalone: 4, 'execution-service': 4, 'command-service': 16, 'query-service': 16 }

/**
 * Node begins as a copy of a heap made when it was built, whose pages stay with the process. Without it a start takes a
 * tenth of a second more, which modules that were compiled before give back twice over.
 * @param {keyof typeof youngMegabytes} program the workspace whose main is run
 */
export const nodeOptionsOf = program => [
  `--max-semi-space-size=${youngMegabytes[program]}`,
  '--heap-growing-percent=20',
  '--no-node-snapshot',
]

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
export const programs = Object.keys(youngMegabytes)

/** @param {string} name @returns {name is keyof typeof youngMegabytes} */
export const isProgram = name => programs.includes(name)
