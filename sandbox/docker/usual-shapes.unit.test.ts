import { describe, expect, it } from 'vitest'
import { createUsualShapes } from './usual-shapes.ts'

const shape = (tmpfsBytes: number) => ({ memoryBytes: 64, processes: 8, tmpfsBytes })

describe('given runs of a language', () => {
  it('the usual shape is what most of the latest asked for', () => {
    const shapes = createUsualShapes()
    for (const size of [1, 1, 2, 1]) shapes.saw('python', shape(size))
    expect(shapes.of('python')).toEqual(shape(1))
  })

  it('it follows a change of habit', () => {
    const shapes = createUsualShapes()
    for (const size of [1, 1, 1, 1, 1, 2, 2, 2, 2, 2]) shapes.saw('python', shape(size))
    expect(shapes.of('python')).toEqual(shape(2))
  })

  it('there is none of a language never run', () => {
    expect(createUsualShapes().of('python')).toBeNull()
  })
})
