import type Dockerode from 'dockerode'
import type { StoredImage } from './image-inventory.ts'

/**
 * Gives a finished image its name. A content-addressed name says all about an image, so where another process was
 * first, its image is taken; whatever the race, the answer is what the name means now.
 */
export const publishImage = async (docker: Dockerode, id: string, name: string): Promise<StoredImage> => {
  const present = await inspectImage(docker, name)
  if (present !== null) return present
  const [repo = name, tag = 'latest'] = name.split(':')
  await docker.getImage(id).tag({ repo, tag })
  const published = await inspectImage(docker, name)
  if (published === null) throw new Error(`${name} vanished while it was being named`)
  return published
}

/** Null where there is no such image. */
export const inspectImage = async (docker: Dockerode, name: string): Promise<StoredImage | null> => {
  try {
    const { Id, Config } = await docker.getImage(name).inspect()
    return { id: Id, labels: Config.Labels ?? {} }
  } catch (cause) {
    if ((cause as { statusCode?: number }).statusCode === 404) return null
    throw cause
  }
}
