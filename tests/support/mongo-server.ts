import { existsSync } from 'node:fs'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import { mongoStandInFolder } from '../run/mongo-stand-in-folder.mjs'
import { startMongoContainer } from './mongo-container.ts'
import { startMongoStandIn } from './mongo-stand-in-process.ts'

/** A MongoDB for one test file; each suite names databases of its own. */
export type MongoServer = Readonly<{
  url: string
  /** Of the process that serves, null where it is not a process of ours. */
  pid: number | null
  /** Ends the server with the signal (default SIGTERM) and waits until it is gone; its data stay for `restart`. */
  stop: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again at the same URL with its data, and waits until it answers. */
  restart: () => Promise<void>
  /** Ends it for good and removes its data. */
  remove: () => Promise<void>
}>

const nothing = async () => {}

const foreign = (url: string): MongoServer => ({ url, pid: null, stop: nothing, restart: nothing, remove: nothing })

/** A server that the test may stop: never the one at MONGO_URL. The stand-in where it was made, else the image. */
export const startOwnMongo = async (): Promise<MongoServer> => {
  const { made } = mongoStandInFolder(projectRoot)
  return existsSync(made) ? startMongoStandIn(made) : startMongoContainer()
}

/** The server at MONGO_URL, or one that lives as long as the test. */
export const startMongo = async (): Promise<MongoServer> => {
  const url = process.env['MONGO_URL']
  return url === undefined ? startOwnMongo() : foreign(url)
}
