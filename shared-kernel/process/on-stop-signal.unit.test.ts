import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it } from 'vitest'
import { onStopSignal } from './on-stop-signal.ts'

let source: EventEmitter
let now: number
let stops: number
let statuses: number[]
beforeEach(() => {
  source = new EventEmitter()
  now = 0
  stops = 0
  statuses = []
  onStopSignal({
    source,
    now: () => now,
    stop: () => {
      stops += 1
    },
    leave: status => statuses.push(status),
  })
})

const signal = (name: string, number: number, at: number) => {
  now = at
  source.emit(name, name, number)
}

describe('a signal to end', () => {
  it('stops once, however often the same Ctrl-C arrives', () => {
    signal('SIGINT', 2, 0)
    signal('SIGINT', 2, 3)
    signal('SIGINT', 2, 900)
    expect({ stops, statuses }).toEqual({ stops: 1, statuses: [] })
  })

  it('is also meant by the death of whoever started the process', () => {
    source.emit('disconnect')
    expect({ stops, statuses }).toEqual({ stops: 1, statuses: [] })
  })

  it('leaves at once when it is repeated later', () => {
    signal('SIGINT', 2, 0)
    signal('SIGTERM', 15, 1500)
    expect({ stops, statuses }).toEqual({ stops: 1, statuses: [143] })
  })
})
