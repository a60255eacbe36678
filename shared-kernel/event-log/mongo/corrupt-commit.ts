/** What is stored has not the shape of a commit: damaged, or written by someone else. */
export class CorruptCommit extends Error {}
