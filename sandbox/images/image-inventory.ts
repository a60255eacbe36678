import type Dockerode from 'dockerode'

export type StoredImage = Readonly<{ id: string; labels: Readonly<Record<string, string>> }>

/** The images of ours the daemon holds, by tag. */
export type ImageInventory = ReadonlyMap<string, StoredImage>

/** One call: what a start with every image in place costs. */
export const takeInventory = async (docker: Dockerode, signal: AbortSignal): Promise<ImageInventory> => {
  const images = await docker.listImages({ filters: { label: ['runledger.kind'] }, abortSignal: signal })
  return new Map(
    images.flatMap(({ Id, RepoTags, Labels }) => (RepoTags ?? []).map(tag => [tag, { id: Id, labels: Labels ?? {} }])),
  )
}
