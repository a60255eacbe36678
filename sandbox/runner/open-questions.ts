import * as E from 'fp-ts/lib/Either.js'
import type { CollectedFiles, FilesWanted } from '../sandbox.ts'
import { type CleanProof, doubtIn } from './clean-proof.ts'
import { type CollectExchange, createCollectExchange } from './collect-exchange.ts'
import { type CollectFrame, isCollectFrame } from './collect-frames.ts'
import type { RunnerFrame } from './frame-parser.ts'
import type { PhaseExchange } from './phase-exchange.ts'
import type { PhaseResult } from './phase-result.ts'
import { type RunnerFault, runnerFault } from './runner-fault.ts'

export type PhaseOutcome = E.Either<RunnerFault, PhaseResult>
export type ResetOutcome = E.Either<RunnerFault, CleanProof>
export type CollectOutcome = E.Either<RunnerFault, CollectedFiles>

type Question =
  | Readonly<{ _tag: 'Phase'; exchange: PhaseExchange; settle: (outcome: PhaseOutcome) => void }>
  | Readonly<{ _tag: 'Reset'; uid: number; settle: (outcome: ResetOutcome) => void }>
  | Readonly<{ _tag: 'Collection'; exchange: CollectExchange; settle: (outcome: CollectOutcome) => void }>

/** What a runner was asked for and has not answered. Answers come in the order of asking. */
export type OpenQuestions = Readonly<{
  phase: (exchange: PhaseExchange) => Promise<PhaseOutcome>
  reset: (uid: number) => Promise<ResetOutcome>
  collection: (wanted: FilesWanted) => Promise<CollectOutcome>
  areNone: () => boolean
  /** A part of the first answer due. Answers why it is none. */
  take: (frame: RunnerFrame) => RunnerFault | null
  /** There will be no answer to any of them. */
  fail: (cause: RunnerFault) => void
}>

const violated = (what: string): RunnerFault => runnerFault(`protocol violated: ${what}`)

export const createOpenQuestions = (): OpenQuestions => {
  let open: ReadonlyArray<Question> = []

  const answered = (): void => {
    open = open.slice(1)
  }

  const takeInPhase = (frame: Exclude<RunnerFrame, CollectFrame>): RunnerFault | null => {
    const [first] = open
    if (first?._tag !== 'Phase') return violated(`${frame._tag} outside of a phase`)
    const taken = first.exchange.take(frame)
    if (E.isLeft(taken)) return taken.left
    if (taken.right === null) return null
    answered()
    first.exchange.close()
    first.settle(E.right(taken.right))
    return null
  }

  const takeProof = (proof: CleanProof): RunnerFault | null => {
    const [first] = open
    if (first?._tag !== 'Reset') return violated('Clean, nobody asked')
    const doubt = doubtIn(proof, first.uid)
    if (doubt !== null) return violated(`Clean, ${doubt}`)
    answered()
    first.settle(E.right(proof))
    return null
  }

  const takeFile = (frame: CollectFrame): RunnerFault | null => {
    const [first] = open
    if (first?._tag !== 'Collection') return violated(`${frame._tag}, nobody asked`)
    const taken = first.exchange.take(frame)
    if (E.isLeft(taken)) return taken.left
    if (taken.right === null) return null
    answered()
    first.settle(E.right(taken.right))
    return null
  }

  return {
    phase: exchange => {
      const { promise, resolve } = Promise.withResolvers<PhaseOutcome>()
      open = [...open, { _tag: 'Phase', exchange, settle: resolve }]
      return promise
    },
    reset: uid => {
      const { promise, resolve } = Promise.withResolvers<ResetOutcome>()
      open = [...open, { _tag: 'Reset', uid, settle: resolve }]
      return promise
    },
    collection: wanted => {
      const { promise, resolve } = Promise.withResolvers<CollectOutcome>()
      open = [...open, { _tag: 'Collection', exchange: createCollectExchange(wanted), settle: resolve }]
      return promise
    },
    areNone: () => open.length === 0,
    take: frame => {
      if (frame._tag === 'Clean') return takeProof(frame.proof)
      return isCollectFrame(frame) ? takeFile(frame) : takeInPhase(frame)
    },
    fail: cause => {
      const unanswered = open
      open = []
      for (const question of unanswered) {
        if (question._tag === 'Phase') question.exchange.close()
        question.settle(E.left(cause))
      }
    },
  }
}
