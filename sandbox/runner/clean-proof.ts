/** What a runner says it has found and removed before the next run may begin. */
export type CleanProof = Readonly<{
  /** In the container, by the kernel's list; the runner is the one there must be. */
  processes: number
  /** Files, directories and queues removed. */
  entries: number
  /** System V objects removed. */
  objects: number
  /** Whom the runs to come run as. */
  uid: number
}>

export const CLEAN_BYTES = 16

/** Reads a CLEAN payload of `CLEAN_BYTES`. */
export const decodeCleanProof = (payload: Buffer): CleanProof => ({
  processes: payload.readUInt32BE(0),
  entries: payload.readUInt32BE(4),
  objects: payload.readUInt32BE(8),
  uid: payload.readUInt32BE(12),
})

/** Why a proof proves nothing; null where it does. */
export const doubtIn = (proof: CleanProof, uid: number): string | null => {
  if (proof.processes !== 1) return `${proof.processes} processes where the runner should be alone`
  return proof.uid === uid ? null : `runs as ${proof.uid} where ${uid} was asked for`
}
