import { availableParallelism } from 'node:os'
import { sizeCaps } from '../event-log/size-caps.ts'
import { masterKeyOf } from '../sealing/master-key.ts'
import type { Isolation } from './config.ts'
import { retentionDays, retentionDaysByTenant } from './retention-policy.ts'
import { integerText, oneOf, secretCodec, textCodec, type Variable } from './variable.ts'

const someText = textCodec('some text', text => (text === '' ? null : text))

const optionalText = textCodec('a text', text => text)

const languageList = textCodec('a comma-separated list of language names', text => {
  const names = text.split(',').map(name => name.trim().toLowerCase())
  return names.every(name => /^[a-z0-9][a-z0-9+#.-]*$/.test(name)) ? [...new Set(names)] : null
})

const dockerHost = textCodec('a URL such as unix:///var/run/docker.sock or tcp://host:2376', text =>
  text === '' || /^(unix|tcp|https?|ssh|npipe):\/\/\S+$/.test(text) ? text : null,
)

// Several hosts may stand in one URL of MongoDB, which is why it is not read by `new URL`.
const mongoUrl = secretCodec('a URL such as mongodb://host:27017/runledger', text =>
  text === '' || /^mongodb(\+srv)?:\/\/[^\s/?#]+(\/[^\s?#]*)?(\?\S*)?$/.test(text) ? text : null,
)

const masterKey = secretCodec('32 bytes as 64 hexadecimal digits or as base64', text =>
  text === '' || masterKeyOf(text) !== null ? text : null,
)

const redisUrl = secretCodec('a URL such as redis://host:6379', text =>
  text === '' || (/^rediss?:\/\/\S+$/.test(text) && URL.canParse(text)) ? text : null,
)

const workerId = textCodec('up to 128 letters, digits, dots, dashes and underscores', text =>
  /^[\w.-]{0,128}$/.test(text) ? text : null,
)

const partitions = textCodec('an integer from 1 to 4096', text =>
  text === '' ? 0 : /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 4096 ? Number(text) : null,
)

/** Room an accepted body needs beyond its own size to be stored as one event: limits, names, encodings. */
const storedOverhead = 64 * 1024

// Sealed, it is stored as base64.
const largestBody = (3 * (sizeCaps.event - storedOverhead)) / 4

const setting = <Value>(codec: Variable<Value>['codec'], standard: string, why: string): Variable<Value> => ({
  codec,
  standard,
  why,
})

/** Every variable that is not a limit. */
export const settings = {
  PORT: setting(integerText(0, 65_535), '3005', 'Port of the HTTP server; 0 takes any free one.'),
  HOST: setting(someText, '127.0.0.1', 'Address to listen on. There is no authentication: think before you open it.'),
  DATA_DIR: setting(someText, '.runledger', 'Folder of the event log and the read models; one process at a time.'),
  MONGO_URL: setting(
    mongoUrl,
    '',
    'MongoDB of the event log and the read models, for services that run apart; `npm start` does without.',
  ),
  LOG_PARTITIONS: setting(
    partitions,
    '',
    'Partitions a log in MongoDB begins with, for ever; unset: 64, or as many as the log has.',
  ),
  REDIS_URL: setting(redisUrl, '', 'Redis of the job queue and the wake-ups, for services that run apart.'),
  COMMAND_PORT: setting(integerText(0, 65_535), '3006', 'Port of a command-service that runs apart.'),
  QUERY_PORT: setting(integerText(0, 65_535), '3007', 'Port of a query-service that runs apart.'),
  EXECUTION_PORT: setting(integerText(0, 65_535), '3008', 'Port of an execution-service that runs apart: its health.'),
  WORKER_ID: setting(
    workerId,
    '',
    'Name of an execution-service, another for each; unset: made of the host name and the process id.',
  ),
  QUEUE_LOCK_MS: setting(
    integerText(1_000, 3_600_000),
    '30000',
    'A job whose worker has given no sign for so long goes to another one, where services run apart.',
  ),
  ANCHOR_FILE: setting(
    optionalText,
    '',
    'File that signed heads of the log are appended to; unset: the log is not anchored.',
  ),
  ANCHOR_EVERY_MS: setting(
    integerText(1_000, 2_147_483_647),
    '3600000',
    'Time between two anchors while `npm start` or a command-service runs.',
  ),
  ANCHOR_KEY_FILE: setting(
    optionalText,
    '',
    'Ed25519 key that signs anchors, made by `npm run log -- anchor --new-key`; the public one lies beside it, as .pub.',
  ),
  MASTER_KEY: setting(
    masterKey,
    '',
    'Wraps the data keys that seal all content: `openssl rand -hex 32`; unset: MASTER_KEY_FILE, or master.key in DATA_DIR.',
  ),
  MASTER_KEY_FILE: setting(
    optionalText,
    '',
    'File with the master key; services that run apart need the same one, here or in MASTER_KEY.',
  ),
  RETENTION_DAYS: setting(
    retentionDays,
    '',
    'Content of submissions is erased so many days after they were received; unset: it is kept.',
  ),
  RETENTION_DAYS_BY_TENANT: setting(
    retentionDaysByTenant,
    '',
    'The same for single tenants, instead of RETENTION_DAYS, like acme=30,school=365.',
  ),
  RETENTION_EVERY_MS: setting(
    integerText(1_000, 2_147_483_647),
    '3600000',
    'Time between two looks for what is old enough to be erased.',
  ),
  LOG_LEVEL: setting(
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'info',
    'fatal, error, warn, info, debug, trace or silent.',
  ),
  LANGUAGES: setting(
    languageList,
    'python,javascript,c,cpp,bash,typescript,java,go,all',
    'Languages to offer, built in this order; all: every other there is.',
  ),
  CONCURRENCY: setting(
    integerText(1, 1_024),
    String(availableParallelism()),
    'Programs that run at once; unset: the number of CPUs.',
  ),
  SANDBOX_ISOLATION: setting(
    oneOf<Isolation>('single-use', 'per-tenant'),
    'per-tenant',
    'per-tenant: a container, emptied in between, serves runs of one tenant; single-use: one run. Strangers never share one.',
  ),
  SANDBOX_RUNS_PER_CONTAINER: setting(
    integerText(1, 100_000),
    '200',
    'Runs a container serves before it is destroyed, where it serves one tenant run after run.',
  ),
  SANDBOX_RUNTIME: setting(
    optionalText,
    '',
    "OCI runtime of the containers (runsc, crun, kata); unset: the daemon's own.",
  ),
  SANDBOX_ALLOW_UNSAFE: setting(
    oneOf('no', 'yes'),
    'no',
    'yes: start even on a Docker daemon that cannot keep programs from doing harm; what it lacks is told either way.',
  ),
  DOCKER_HOST: setting(dockerHost, '', 'Docker daemon to run programs on; unset: /var/run/docker.sock.'),
  COMPILE_CACHE_BYTES: setting(
    integerText(0, 4 * 1024 * 1024 * 1024),
    String(16 * 1024 * 1024),
    'Memory for what was compiled before, so that the same need not be compiled again; 0: nothing is kept.',
  ),
  MAX_BODY_BYTES: setting(
    integerText(1_024, largestBody),
    String(2 * 1024 * 1024),
    'Greatest request body, unpacked. What is accepted must fit one stored event of 4 MiB.',
  ),
  MAX_ATTEMPTS: setting(
    integerText(1, 100),
    '3',
    'Attempts a submission may lose to faults of the infrastructure before it fails.',
  ),
}
