/**
 * One line of progress for whoever typed the command; stdout stays free for results.
 * @param {string} line
 */
export const announce = line => process.stderr.write(`runledger: ${line}\n`)
