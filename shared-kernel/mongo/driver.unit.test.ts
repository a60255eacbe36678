import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { MongoClient } from './driver.ts'

const fromDriver = createRequire(createRequire(import.meta.url).resolve('mongodb'))
const fromConnectionString = createRequire(fromDriver.resolve('mongodb-connection-string-url'))
const fromUrl = createRequire(fromConnectionString.resolve('whatwg-url'))

const isLoaded = (file: string): boolean => Object.keys(fromDriver.cache).some(loaded => loaded.endsWith(file))

describe("MongoDB's driver", () => {
  it('is there, and reads where it is to connect to, without tables of Unicode', () => {
    const client = new MongoClient('mongodb://user:pass%C3%A9@one:27017,two/?replicaSet=rs')
    expect(client.options.hosts.map(String)).toEqual(['one:27017', 'two:27017'])
    expect(isLoaded('/saslprep/dist/code-points-data.js')).toBe(false)
    expect(isLoaded('/tr46/lib/mappingTable.json')).toBe(false)
  })

  it('loads those for passwords once one is prepared', () => {
    expect(fromDriver('@mongodb-js/saslprep').saslprep('I\u00ADX')).toBe('IX')
    expect(isLoaded('/saslprep/dist/code-points-data.js')).toBe(true)
  })

  it('loads those for names of hosts once one is mapped', () => {
    expect(fromUrl('tr46').toASCII('bücher.example')).toBe('xn--bcher-kva.example')
    expect(isLoaded('/tr46/lib/mappingTable.json')).toBe(true)
  })
})
