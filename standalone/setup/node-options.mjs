/**
 * V8 keeps a large young generation and lets the heap double before it collects, on the guess that the machine is its
 * own. Output passes through in large strings: without these bounds a program that floods its output makes the service
 * hold on to memory it no longer needs, while the machine is wanted for the programs.
 */
export const nodeOptions = ['--max-semi-space-size=4', '--heap-growing-percent=20']
