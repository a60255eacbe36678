import type { Duplex } from 'node:stream'
import type Dockerode from 'dockerode'
import * as E from 'fp-ts/lib/Either.js'
import { openRunnerSession, type RunnerSession } from '../runner/runner-session.ts'
import { callDocker } from './call-docker.ts'
import { areSame, type ComingLimits, createComingLimits, isWithin } from './coming-limits.ts'
import { type ContainerChannel, openContainerChannel } from './container-channel.ts'
import { type ContainerPlan, type ContainerShape, containerOptions, memoryAndProcesses } from './container-options.ts'
import { type DockerFault, dockerFault } from './docker-fault.ts'
import { freshRunUid } from './fresh-run-uid.ts'
import type { SandboxLog } from './sandbox-log.ts'

/** A container whose runner has said hello and waits for a program. */
export type StartedContainer = Readonly<{
  name: string
  plan: ContainerPlan
  session: RunnerSession
  /** Resolves with the cause when the connection to the runner is gone, whoever closed it. */
  gone: Promise<string>
  /** Sees to what a container may use, which costs a call only where it changes; the size of its tmpfs stays. */
  limitTo: (limits: Omit<ContainerShape, 'tmpfsBytes'>) => Promise<E.Either<DockerFault, void>>
  /** Limits on their way by such a call, the only one; null where they are above those there are, and once they are there. */
  comingLimits: () => ComingLimits | null
  wasOutOfMemory: () => Promise<boolean>
  hangUp: () => void
}>

export type ContainerStarter = Readonly<{
  docker: Dockerode
  log: SandboxLog
  /** Called with the name of each container that was perhaps created and did not get ready. */
  discard: (name: string) => void
}>

const timeoutMs = { create: 10_000, attach: 5_000, start: 20_000, hello: 10_000, update: 5_000, inspect: 2_000 }
const loggedBytes = 500

/** The name is given by us, so a container can be removed even where the answer to its creation was lost. */
export const startContainer = async (
  { docker, log, discard }: ContainerStarter,
  name: string,
  plan: ContainerPlan,
): Promise<E.Either<DockerFault, StartedContainer>> => {
  const container = docker.getContainer(name)
  const started = await open(docker, container, plan, bytes =>
    log.warn({ container: name, text: bytes.subarray(0, loggedBytes).toString() }, 'the runner complains'),
  )
  if (E.isLeft(started)) {
    discard(name)
    return started
  }
  const { channel, session } = started.right
  const gone = Promise.withResolvers<string>()
  channel.onClose(gone.resolve)
  return E.right({
    name,
    plan,
    session,
    gone: gone.promise,
    ...createLimiter(container, plan),
    wasOutOfMemory: () => wasOutOfMemory(container),
    hangUp: channel.hangUp,
  })
}

type Opened = Readonly<{ channel: ContainerChannel; session: RunnerSession }>

// Attached before it starts: nothing the runner says is missed.
const open = async (
  docker: Dockerode,
  container: Dockerode.Container,
  plan: ContainerPlan,
  onStderr: (bytes: Buffer) => void,
): Promise<E.Either<DockerFault, Opened>> => {
  const created = await create(docker, container.id, plan)
  if (E.isLeft(created)) return created
  const attached = await attach(container)
  if (E.isLeft(attached)) return attached
  const channel = openContainerChannel(attached.right, onStderr)
  const session = openRunnerSession(channel)
  const ready = await startAndGreet(container, session)
  if (E.isRight(ready)) return E.right({ channel, session })
  channel.hangUp()
  return ready
}

// dockerode would repeat the whole body in the query.
const create = (docker: Dockerode, name: string, plan: ContainerPlan) =>
  callDocker('create a container', timeoutMs.create, abortSignal => {
    const options = {
      _query: { name },
      _body: { ...containerOptions(plan), Cmd: [String(freshRunUid())] },
      abortSignal,
    }
    return docker.createContainer(options)
  })

const attach = (container: Dockerode.Container) =>
  callDocker('attach to a container', timeoutMs.attach, async abortSignal => {
    const stream = await container.attach({
      ...{ stream: true, stdin: true, stdout: true, stderr: true, hijack: true },
      abortSignal,
    })
    return stream as Duplex
  })

const startAndGreet = async (
  container: Dockerode.Container,
  session: RunnerSession,
): Promise<E.Either<DockerFault, void>> => {
  const greeted = session.ready.then(
    () => E.right(undefined),
    (cause: unknown) => E.left(dockerFault('refused', `the runner did not get ready: ${cause}`)),
  )
  const started = await callDocker('start a container', timeoutMs.start, abortSignal =>
    container.start({ abortSignal }),
  )
  if (E.isLeft(started)) return started
  const ready = await callDocker('wait for the runner', timeoutMs.hello, () => greeted)
  return E.flatten(ready)
}

type Limited = Omit<ContainerShape, 'tmpfsBytes'>

/** One call after another: the last one asked for is the one that holds. */
const createLimiter = (
  container: Dockerode.Container,
  { shape, runtime }: Pick<ContainerPlan, 'shape' | 'runtime'>,
): Pick<StartedContainer, 'limitTo' | 'comingLimits'> => {
  let current: Limited = shape
  let coming: ComingLimits | null = null
  let underWay = 0
  let last: Promise<unknown> = Promise.resolve()

  const change = async (next: Limited): Promise<E.Either<DockerFault, void>> => {
    if (areSame(next, current)) return E.right(undefined)
    const limited = await limitContainer(container, memoryAndProcesses(next, runtime))
    if (E.isRight(limited)) current = next
    return limited
  }

  // Those that were refused stay on their way for good: nothing that began meanwhile is ever allowed.
  const announce = (next: Limited, limited: Promise<E.Either<DockerFault, void>>): void => {
    const own = underWay === 0 && isWithin(next, current) ? createComingLimits(next, limited) : null
    coming = own
    underWay += 1
    void limited.then(answer => {
      underWay -= 1
      if (E.isRight(answer) && coming === own) coming = null
    })
  }

  return {
    limitTo: next => {
      const limited = last.then(() => change(next))
      last = limited
      announce(next, limited)
      return limited
    },
    comingLimits: () => coming,
  }
}

const limitContainer = (container: Dockerode.Container, limits: ReturnType<typeof memoryAndProcesses>) =>
  callDocker('limit a container', timeoutMs.update, async abortSignal => {
    await container.update({ ...limits, abortSignal })
  })

// Asked only where the runner itself is gone and cannot tell.
const wasOutOfMemory = async (container: Dockerode.Container): Promise<boolean> => {
  const inspected = await callDocker('inspect a container', timeoutMs.inspect, abortSignal =>
    container.inspect({ abortSignal }),
  )
  return E.isRight(inspected) && inspected.right.State.OOMKilled
}
