// A service that opens once the file named by its first argument is there.
import { existsSync } from 'node:fs'
import express from 'express'
import { left, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { runService } from './run-service.ts'

const [, , file = ''] = process.argv

const open = async () => (existsSync(file) ? right(file) : left({ message: 'no file', isPassing: true }))

await runService(
  {
    name: 'example-service',
    portVariable: 'COMMAND_PORT',
    port: ({ ports }) => ports.command,
    open: ({ waitFor, teardown }) =>
      pipe(
        waitFor('file', open),
        TE.map(() => {
          teardown.add('example', () => void process.stdout.write('ended in order\n'))
          const router = express.Router().get('/here', (_, response) => void response.json('here'))
          const part = { part: 'file', problems: existsSync(file) ? [] : ['it is gone'] }
          return { router, parts: async () => [part], release: async () => undefined }
        }),
      ),
  },
  process.env,
)
