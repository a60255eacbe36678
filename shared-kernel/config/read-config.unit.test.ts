import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import type { Config } from './config.ts'
import { limitSettings } from './limit-settings.ts'
import { outputSettings } from './output-settings.ts'
import { readConfig } from './read-config.ts'
import { settings } from './settings.ts'

const configOf = (env: Record<string, string>): Config => {
  const result = readConfig(env)
  if (E.isLeft(result)) throw new Error(result.left.join('\n'))
  return result.right
}

const problemsOf = (env: Record<string, string>): ReadonlyArray<string> => {
  const result = readConfig(env)
  return E.isLeft(result) ? result.left : []
}

describe('given an empty environment', () => {
  it('is what the documentation promises', () => {
    expect(configOf({})).toMatchObject({
      port: 3005,
      host: '127.0.0.1',
      dataDir: '.runledger',
      ports: { command: 3006, query: 3007, execution: 3008 },
      mongoUrl: null,
      redisUrl: null,
      logPartitions: null,
      workerId: null,
      queueLockMs: 30_000,
      logLevel: 'info',
      sandbox: {
        isolation: 'per-tenant',
        runsPerContainer: 200,
        runtime: null,
        dockerHost: null,
        allowsUnsafeDaemon: false,
      },
      compileCacheBytes: 16 * 1024 * 1024,
      maxBodyBytes: 2 * 1024 * 1024,
      maxAttempts: 3,
      limits: {
        run: { defaults: { cpuTimeMs: 5_000, processes: 64 }, maxima: { wallTimeMs: 60_000, memoryBytes: 2 ** 30 } },
        compile: { defaults: { memoryBytes: 2 ** 29 }, maxima: { outputBytes: 2 ** 20 } },
      },
    })
  })

  it('runs as many programs at once as there are CPUs', () => {
    expect(configOf({}).concurrency).toBeGreaterThan(0)
  })

  it('is the same where every variable is set to nothing', () => {
    const empty = Object.fromEntries(Object.keys({ ...settings, ...limitSettings }).map(name => [name, '']))
    expect(configOf(empty)).toStrictEqual(configOf({}))
  })
})

describe('given values that cannot be meant', () => {
  it.each([
    ['PORT', '65536'],
    ['PORT', '3005.5'],
    ['PORT', '0x10'],
    ['CONCURRENCY', '0'],
    ['CONCURRENCY', 'many'],
    ['MAX_ATTEMPTS', '-1'],
    ['COMPILE_CACHE_BYTES', '32m'],
    ['MASTER_KEY', 'short'],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', 'a week'],
    ['RETENTION_DAYS_BY_TENANT', 'acme'],
    ['RETENTION_DAYS_BY_TENANT', 'acme=1,acme=2'],
    ['RETENTION_EVERY_MS', '1'],
    ['LOG_LEVEL', 'verbose'],
    ['LANGUAGES', 'python,,c'],
    ['LANGUAGES', '../etc'],
    ['SANDBOX_ISOLATION', 'shared'],
    ['SANDBOX_RUNS_PER_CONTAINER', '0'],
    ['DOCKER_HOST', '/var/run/docker.sock'],
    ['MONGO_URL', 'localhost:27017'],
    ['MONGO_URL', 'mongodb://'],
    ['MONGO_URL', 'mongodb://a b'],
    ['LOG_PARTITIONS', '0'],
    ['LOG_PARTITIONS', '4097'],
    ['REDIS_URL', 'http://127.0.0.1:6379'],
    ['REDIS_URL', 'redis://127.0.0.1:port'],
    ['WORKER_ID', 'one/two'],
    ['MAX_BODY_BYTES', '1e309'],
    ['DEFAULT_CPU_TIME_MS', 'NaN'],
    ['MAX_COMPILE_WALL_TIME_MS', '99999999999'],
  ])('names %s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toStrictEqual([expect.stringContaining(`${name} must be`)])
  })

  it('names all of them at once', () => {
    expect(problemsOf({ PORT: 'x', LOG_LEVEL: 'y', MAX_PROCESSES: 'z' })).toHaveLength(3)
  })

  it('refuses a default above its maximum', () => {
    const problems = problemsOf({ DEFAULT_COMPILE_PROCESSES: '257' })
    expect(problems).toStrictEqual(['DEFAULT_COMPILE_PROCESSES must be at most MAX_COMPILE_PROCESSES, which is 256'])
  })

  it('refuses bodies that would not fit one stored event', () => {
    expect(problemsOf({ MAX_BODY_BYTES: String(4 * 1024 * 1024) })).toHaveLength(1)
  })

  it('refuses compiler output that would not fit one stored event', () => {
    expect(problemsOf({ MAX_COMPILE_OUTPUT_BYTES: String(4 * 1024 * 1024) })).toHaveLength(1)
  })
})

describe('given the URLs of a database and a queue', () => {
  it.each([
    'mongodb://one:27017,two:27018/runledger?replicaSet=rs0',
    'mongodb+srv://user:secret@cluster.example.org',
    'mongodb://127.0.0.1',
  ])('takes %s', mongoUrl => {
    expect(configOf({ MONGO_URL: mongoUrl })).toMatchObject({ mongoUrl })
  })

  it.each(['redis://127.0.0.1:6379/2', 'rediss://:secret@redis.example.org'])('takes %s', redisUrl => {
    expect(configOf({ REDIS_URL: redisUrl })).toMatchObject({ redisUrl })
  })

  it('repeats no password', () => {
    const problems = problemsOf({
      MONGO_URL: 'mongo://user:secret@host',
      REDIS_URL: 'redis:/:secret@host:port',
      MASTER_KEY: 'secret',
    })
    expect(problems).toHaveLength(3)
    expect(problems.join()).not.toContain('secret')
  })
})

describe('given a retention', () => {
  it('holds for all, and for single tenants instead', () => {
    const env = { RETENTION_DAYS: '90', RETENTION_DAYS_BY_TENANT: 'acme=30, school=365' }
    expect(configOf(env).retention).toMatchObject({
      days: 90,
      daysByTenant: new Map([
        ['acme', 30],
        ['school', 365],
      ]),
    })
    expect(configOf({}).retention).toMatchObject({ days: null, daysByTenant: new Map() })
  })
})

describe('given a list of languages', () => {
  it('keeps its order, in lower case, each once', () => {
    expect(configOf({ LANGUAGES: 'Go, c++ ,go' }).languages).toStrictEqual(['go', 'c++'])
  })
})

describe('.env.example', () => {
  const lines = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8').split('\n')
  const assignments = new Map(
    lines.filter(line => /^[A-Z]/.test(line)).map(line => line.split(/=(.*)/s, 2) as [string, string]),
  )
  const variables = { ...settings, ...limitSettings, ...outputSettings }

  it('lists every variable and no other', () => {
    expect([...assignments.keys()].toSorted()).toStrictEqual(Object.keys(variables).toSorted())
  })

  it.each(Object.entries(variables))('gives the default of %s', (name, { standard }) => {
    expect(assignments.get(name)).toBe(name === 'CONCURRENCY' ? '' : standard)
  })

  it.each(Object.entries(settings))('says what %s is for', (name, { why }) => {
    expect(lines[lines.findIndex(line => line.startsWith(`${name}=`)) - 1]).toBe(`# ${why}`)
  })

  it('means the same as nothing set', () => {
    expect(configOf(Object.fromEntries(assignments))).toStrictEqual(configOf({}))
  })
})
