import { describe, expect, it } from 'vitest'
import { fileFrames, fileFramesBytes, KEEP_BYTES, keepFrame, putBackFrame } from './host-frames.ts'
import { createKeptFiles } from './kept-files.ts'

const file = (name: string, bytes = 3) => ({ name, content: Buffer.alloc(bytes, name), isExecutable: true })
const files = [file('a'), file('b')]
const framesOf = (sent: typeof files) => sent.flatMap(fileFrames)

describe('the files a runner keeps', () => {
  it('are sent once', () => {
    const told = createKeptFiles()
    expect(told(files)).toEqual([keepFrame(framesOf(files)), putBackFrame])
    expect(told(files)).toEqual([putBackFrame])
    expect(told(files)).toEqual([putBackFrame])
  })

  it('give way to others', () => {
    const told = createKeptFiles()
    const others = [file('a'), file('b')]
    told(files)
    expect(told(others)).toEqual([keepFrame(framesOf(others)), putBackFrame])
    expect(told(files)).toEqual([keepFrame(framesOf(files)), putBackFrame])
  })

  it('outlast a run that has none, and one that has more than is kept', () => {
    const told = createKeptFiles()
    const large = [file('large', KEEP_BYTES)]
    told(files)
    expect(told([])).toEqual([])
    expect(told(large)).toEqual(framesOf(large))
    expect(told(files)).toEqual([putBackFrame])
  })

  it('are as many as the runner has room for', () => {
    const overhead = fileFramesBytes(file('large', KEEP_BYTES)) - KEEP_BYTES
    expect(Buffer.concat(framesOf([file('large', KEEP_BYTES)]))).toHaveLength(KEEP_BYTES + overhead)
    expect(createKeptFiles()([file('large', KEEP_BYTES - overhead)])).toHaveLength(2)
    const tooMany = [file('large', KEEP_BYTES - overhead + 1)]
    expect(createKeptFiles()(tooMany)).toEqual(framesOf(tooMany))
  })
})
