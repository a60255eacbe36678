import type { ContainerOwner } from './container-options.ts'

/** Names no other process and no earlier incarnation gives. */
export const createContainerNames = ({ incarnation }: Pick<ContainerOwner, 'incarnation'>): (() => string) => {
  let count = 0
  return () => {
    count += 1
    return `runledger-${incarnation.replace(/[^a-zA-Z0-9_.-]/g, '')}-${count}`
  }
}
