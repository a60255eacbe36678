import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { Config } from './config.ts'
import type { LimitPolicy } from './limit-policy.ts'
import { readLimitPolicy } from './read-limit-policy.ts'
import { settings } from './settings.ts'
import { variableErrors, withStandard } from './variable.ts'

type Problems = ReadonlyArray<string>

const environment = t.type({
  PORT: withStandard(settings.PORT),
  HOST: withStandard(settings.HOST),
  DATA_DIR: withStandard(settings.DATA_DIR),
  MONGO_URL: withStandard(settings.MONGO_URL),
  LOG_PARTITIONS: withStandard(settings.LOG_PARTITIONS),
  REDIS_URL: withStandard(settings.REDIS_URL),
  COMMAND_PORT: withStandard(settings.COMMAND_PORT),
  QUERY_PORT: withStandard(settings.QUERY_PORT),
  EXECUTION_PORT: withStandard(settings.EXECUTION_PORT),
  WORKER_ID: withStandard(settings.WORKER_ID),
  QUEUE_LOCK_MS: withStandard(settings.QUEUE_LOCK_MS),
  ANCHOR_FILE: withStandard(settings.ANCHOR_FILE),
  ANCHOR_EVERY_MS: withStandard(settings.ANCHOR_EVERY_MS),
  ANCHOR_KEY_FILE: withStandard(settings.ANCHOR_KEY_FILE),
  MASTER_KEY: withStandard(settings.MASTER_KEY),
  MASTER_KEY_FILE: withStandard(settings.MASTER_KEY_FILE),
  RETENTION_DAYS: withStandard(settings.RETENTION_DAYS),
  RETENTION_DAYS_BY_TENANT: withStandard(settings.RETENTION_DAYS_BY_TENANT),
  RETENTION_EVERY_MS: withStandard(settings.RETENTION_EVERY_MS),
  LOG_LEVEL: withStandard(settings.LOG_LEVEL),
  LANGUAGES: withStandard(settings.LANGUAGES),
  CONCURRENCY: withStandard(settings.CONCURRENCY),
  SANDBOX_ISOLATION: withStandard(settings.SANDBOX_ISOLATION),
  SANDBOX_RUNS_PER_CONTAINER: withStandard(settings.SANDBOX_RUNS_PER_CONTAINER),
  SANDBOX_RUNTIME: withStandard(settings.SANDBOX_RUNTIME),
  SANDBOX_ALLOW_UNSAFE: withStandard(settings.SANDBOX_ALLOW_UNSAFE),
  DOCKER_HOST: withStandard(settings.DOCKER_HOST),
  COMPILE_CACHE_BYTES: withStandard(settings.COMPILE_CACHE_BYTES),
  MAX_BODY_BYTES: withStandard(settings.MAX_BODY_BYTES),
  MAX_ATTEMPTS: withStandard(settings.MAX_ATTEMPTS),
})

/** The whole configuration, or every problem of it, each naming its variable. */
export const readConfig = (env: Readonly<Record<string, string | undefined>>): E.Either<Problems, Config> => {
  const values = pipe(environment.decode({ ...env }), E.mapLeft(variableErrors))
  const limits = readLimitPolicy(env)
  return E.isRight(values) && E.isRight(limits)
    ? E.right(config(values.right, limits.right))
    : E.left([...problems(values), ...problems(limits)])
}

const problems = (result: E.Either<Problems, unknown>): Problems => (E.isLeft(result) ? result.left : [])

const config = (values: t.TypeOf<typeof environment>, limits: LimitPolicy): Config => ({
  port: values.PORT,
  host: values.HOST,
  ports: { command: values.COMMAND_PORT, query: values.QUERY_PORT, execution: values.EXECUTION_PORT },
  mongoUrl: values.MONGO_URL || null,
  redisUrl: values.REDIS_URL || null,
  logPartitions: values.LOG_PARTITIONS || null,
  workerId: values.WORKER_ID || null,
  queueLockMs: values.QUEUE_LOCK_MS,
  dataDir: values.DATA_DIR,
  anchors: {
    file: values.ANCHOR_FILE || null,
    everyMs: values.ANCHOR_EVERY_MS,
    keyFile: values.ANCHOR_KEY_FILE || null,
  },
  masterKey: { text: values.MASTER_KEY || null, file: values.MASTER_KEY_FILE || null },
  retention: {
    days: values.RETENTION_DAYS || null,
    daysByTenant: values.RETENTION_DAYS_BY_TENANT,
    everyMs: values.RETENTION_EVERY_MS,
  },
  logLevel: values.LOG_LEVEL,
  languages: values.LANGUAGES,
  concurrency: values.CONCURRENCY,
  sandbox: {
    isolation: values.SANDBOX_ISOLATION,
    runsPerContainer: values.SANDBOX_RUNS_PER_CONTAINER,
    runtime: values.SANDBOX_RUNTIME || null,
    dockerHost: values.DOCKER_HOST || null,
    allowsUnsafeDaemon: values.SANDBOX_ALLOW_UNSAFE === 'yes',
  },
  compileCacheBytes: values.COMPILE_CACHE_BYTES,
  maxBodyBytes: values.MAX_BODY_BYTES,
  maxAttempts: values.MAX_ATTEMPTS,
  limits,
})
