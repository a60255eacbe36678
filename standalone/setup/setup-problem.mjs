/** What stops the set-up and what to do about it, in words for the person at the terminal. */
export class SetupProblem extends Error {}
