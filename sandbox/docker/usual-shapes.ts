import type { ContainerShape } from './container-options.ts'

export type UsualShapes = Readonly<{
  saw: (language: string, shape: ContainerShape) => void
  /** The shape most of the latest runs of a language asked for; null where none ran. */
  of: (language: string) => ContainerShape | null
}>

const remembered = 9

const keyOf = ({ memoryBytes, processes, tmpfsBytes }: ContainerShape) => `${memoryBytes}/${processes}/${tmpfsBytes}`

const mostFrequent = (shapes: ReadonlyArray<ContainerShape>): ContainerShape | null => {
  const counts = new Map<string, number>()
  for (const shape of shapes) counts.set(keyOf(shape), (counts.get(keyOf(shape)) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return shapes.findLast(shape => counts.get(keyOf(shape)) === most) ?? null
}

/** Containers made ahead fit the runs to come when they are shaped like most that came; one odd run changes nothing. */
export const createUsualShapes = (): UsualShapes => {
  const latest = new Map<string, ReadonlyArray<ContainerShape>>()
  return {
    saw: (language, shape) => {
      latest.set(language, [...(latest.get(language) ?? []), shape].slice(-remembered))
    },
    of: language => mostFrequent(latest.get(language) ?? []),
  }
}
