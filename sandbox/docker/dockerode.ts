import { createRequire, Module } from 'node:module'

const require = createRequire(import.meta.url)
const ofDockerode = createRequire(require.resolve('dockerode'))
const ofModem = createRequire(ofDockerode.resolve('docker-modem'))

/** Has a CommonJS module that is one function loaded when that function is called for the first time. */
const loadWhenCalled = (from: NodeJS.Require, name: string): void => {
  const file = from.resolve(name)
  const standIn = new Module(file)
  standIn.exports = (...args: ReadonlyArray<unknown>): unknown => {
    if (from.cache[file] === standIn) delete from.cache[file]
    return from(file)(...args)
  }
  standIn.loaded = true
  from.cache[file] ??= standIn
}

// gRPC, for sessions of BuildKit, and a client of SSH: seldom wanted, and more to load than all the rest of the client.
loadWhenCalled(ofDockerode, './session')
loadWhenCalled(ofModem, './ssh')

/** The client of a Docker daemon. */
export const Dockerode: typeof import('dockerode') = require('dockerode')
