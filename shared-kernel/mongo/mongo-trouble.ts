import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from './driver.ts'

/**
 * What an error of the driver means. `duplicate`: a unique index refused it. `unsent`: no server was there to take it.
 * `uncertain`: it may have been done or not. `denied`: the server does not let this user in. `full`: no room.
 */
export type MongoTrouble = 'duplicate' | 'unsent' | 'uncertain' | 'denied' | 'full'

const unsent = [MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError, MongoClientClosedError]

// https://github.com/mongodb/mongo/blob/master/src/mongo/base/error_codes.yml
const codes: ReadonlyMap<unknown, MongoTrouble> = new Map<unknown, MongoTrouble>([
  [11000, 'duplicate'], // DuplicateKey
  [13, 'denied'], // Unauthorized
  [18, 'denied'], // AuthenticationFailed
  [14031, 'full'], // OutOfDiskSpace
  [6, 'uncertain'], // HostUnreachable
  [7, 'uncertain'], // HostNotFound
  [24, 'uncertain'], // LockTimeout
  [50, 'uncertain'], // MaxTimeMSExpired
  [64, 'uncertain'], // WriteConcernTimeout
  [89, 'uncertain'], // NetworkTimeout
  [91, 'uncertain'], // ShutdownInProgress
  [112, 'uncertain'], // WriteConflict
  [133, 'uncertain'], // FailedToSatisfyReadPreference
  [134, 'uncertain'], // ReadConcernMajorityNotAvailableYet
  [189, 'uncertain'], // PrimarySteppedDown
  [262, 'uncertain'], // ExceededTimeLimit
  [9001, 'uncertain'], // SocketException
  [10107, 'uncertain'], // NotWritablePrimary
  [11600, 'uncertain'], // InterruptedAtShutdown
  [11602, 'uncertain'], // InterruptedDueToReplStateChange
  [13435, 'uncertain'], // NotPrimaryNoSecondaryOk
  [13436, 'uncertain'], // NotPrimaryOrSecondary
])

// A bulk write takes the driver's own errors apart: of one that is not the server's no code is left.
// A socket the server has ended, met before the driver knows of it, comes as the socket's own error.
const isUnanswered = (thrown: unknown): boolean =>
  (thrown instanceof Error && 'code' in thrown && thrown.code === 'EPIPE') ||
  thrown instanceof MongoNetworkError ||
  thrown instanceof MongoWriteConcernError ||
  (thrown instanceof MongoBulkWriteError && thrown.code === undefined)

const ofServer = (error: MongoServerError): MongoTrouble | null =>
  codes.get(error.code) ?? (error.hasErrorLabel('RetryableWriteError') ? 'uncertain' : null)

/** Null where what was thrown says nothing of the server's state: a defect. */
export const mongoTrouble = (thrown: unknown): MongoTrouble | null => {
  if (unsent.some(kind => thrown instanceof kind)) return 'unsent'
  if (isUnanswered(thrown)) return 'uncertain'
  return thrown instanceof MongoServerError ? ofServer(thrown) : null
}
