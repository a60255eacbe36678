import { runService } from '@runledger/shared-kernel/service/run-service.ts'
import { openExecutionService } from './compose/open-execution-service.ts'

await runService(
  {
    name: 'execution-service',
    portVariable: 'EXECUTION_PORT',
    port: ({ ports }) => ports.execution,
    open: openExecutionService,
  },
  process.env,
)
