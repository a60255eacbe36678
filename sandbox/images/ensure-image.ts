import { buildImage, type ImageRecipe } from './build-image.ts'
import type { ImageInventory, StoredImage } from './image-inventory.ts'
import type { ImageWorkshop } from './image-workshop.ts'
import { publishImage } from './publish-image.ts'

/** The image of that name, built now unless it is there. The recipe is asked for only then. */
export const ensureImage = async (
  workshop: ImageWorkshop,
  inventory: ImageInventory,
  name: string,
  recipe: () => ImageRecipe | Promise<ImageRecipe>,
): Promise<StoredImage> => {
  const present = inventory.get(name)
  if (present !== undefined) return present
  const { subject, ...rest } = await recipe()
  const startedAt = performance.now()
  workshop.onProgress(`${subject}: building ${name}`)
  const id = await buildImage(workshop, { subject, ...rest })
  const image = await publishImage(workshop.docker, id, name)
  workshop.onProgress(`${subject}: built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  return image
}
