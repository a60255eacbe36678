import { createRequire } from 'node:module'
import { loadWhenUsed } from '../process/load-when-used.ts'

const fromDriver = createRequire(createRequire(import.meta.url).resolve('mongodb'))
const fromConnectionString = createRequire(fromDriver.resolve('mongodb-connection-string-url'))
const fromUrl = createRequire(fromConnectionString.resolve('whatwg-url'))

// Tables of Unicode, 9 MiB in each process: for passwords under SCRAM-SHA-256, and for names of hosts in URLs of the web.
loadWhenUsed(fromDriver, '@mongodb-js/saslprep', ['saslprep'])
loadWhenUsed(fromUrl, 'tr46', ['toASCII', 'toUnicode'])
