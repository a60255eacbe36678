import { runService } from '@runledger/shared-kernel/service/run-service.ts'
import { openCommandService } from './compose/open-command-service.ts'

await runService(
  {
    name: 'command-service',
    portVariable: 'COMMAND_PORT',
    port: ({ ports }) => ports.command,
    open: openCommandService,
  },
  process.env,
)
