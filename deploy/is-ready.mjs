// The health check of a service's container: the service's own word, on the port it was given.
const { PORT = '', COMMAND_PORT, QUERY_PORT, EXECUTION_PORT } = process.env
const port = COMMAND_PORT ?? QUERY_PORT ?? EXECUTION_PORT ?? PORT

const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(4000) }).then(
  ({ ok }) => ok,
  () => false,
)
process.exitCode = isReady ? 0 : 1
