import { describe } from 'vitest'
import { startEmbeddedSystem } from '../support/embedded-system.ts'
import { scenarios } from './scenarios/scenarios.ts'
import { useSystem } from './scenarios/use-system.ts'

const system = useSystem(startEmbeddedSystem)

describe('embedded, on SQLite', () => {
  for (const scenario of scenarios) scenario(system)
})
