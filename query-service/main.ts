import { runService } from '@runledger/shared-kernel/service/run-service.ts'
import { openQueryService } from './compose/open-query-service.ts'

await runService(
  {
    name: 'query-service',
    portVariable: 'QUERY_PORT',
    port: ({ ports }) => ports.query,
    open: openQueryService,
  },
  process.env,
)
