import { join } from 'node:path'
import { tamperWithFile } from '@runledger/shared-kernel/event-log/sqlite/tamper-with-file.fixture.ts'
import { nodeOptionsOf } from '@runledger/standalone/setup/node-options.mjs'
import { projectRoot } from '@runledger/standalone/setup/project-root.mjs'
import { clientOf } from '../support/client.ts'
import { openGateway } from '../support/gateway.ts'
import { startServer } from '../support/server-process.ts'
import { startStandalone } from '../support/standalone-process.ts'
import { tempFolder } from '../support/temp-folder.ts'
import type { Stage } from './stage.ts'

const nullMain = join(projectRoot, 'bench', 'distributed', 'null-standalone.ts')

export const openSqliteStage = async (): Promise<Stage> => {
  const folder = tempFolder()
  const dataDir = folder.path
  const file = join(dataDir, 'runledger.sqlite')
  const env = { PORT: '0', LOG_LEVEL: 'error', LANGUAGES: 'python', CONCURRENCY: '64', DATA_DIR: dataDir }
  let server = await startServer({ argv: [...nodeOptionsOf('standalone'), nullMain], env })
  const start = async (): Promise<void> => {
    server = await startStandalone({ dataDir, env: { ...env, CONCURRENCY: '2' } })
  }
  const url = () => server.url
  const gateway = await openGateway({ commands: url, queries: url })
  return {
    name: 'SQLite, one process',
    env: { DATA_DIR: dataDir },
    client: clientOf(gateway.url),
    runForReal: async () => {
      await server.end('SIGTERM')
      await start()
    },
    killReader: async () => {
      await server.end('SIGKILL')
      await start()
    },
    end: async () => void (await server.end('SIGTERM')),
    rewrite: async ({ p, n }, from, to) =>
      tamperWithFile(file, `UPDATE commits SET meta = replace(meta, '${from}', '${to}') WHERE p = ${p} AND n = ${n}`),
    remove: async ({ p, n }) => tamperWithFile(file, `DELETE FROM commits WHERE p = ${p} AND n = ${n}`),
    clear: async () => {
      await server.end('SIGKILL')
      await gateway.close()
      folder.remove()
    },
  }
}
