import { discoverProjections } from './discover-projections.ts'

/** Where the read models lie: to add one is to add a folder. */
export const readModelsFolder = import.meta.dirname

export const projections = await discoverProjections(readModelsFolder)
