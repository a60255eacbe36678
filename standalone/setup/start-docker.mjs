import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { delimiter } from 'node:path'
import { announce } from './announce.mjs'
import { awaitDocker } from './await-docker.mjs'
import { hasProgram, programFolders } from './docker-facts.mjs'
import { runCommand } from './run-command.mjs'
import { SetupProblem } from './setup-problem.mjs'

const logFile = '/var/log/dockerd.log'
const answerTimeoutMs = 30_000

// A session of its own: Ctrl-C at our terminal must not reach it.
const startDaemonItself = async () => {
  const log = openSync(logFile, 'a')
  const env = { ...process.env, PATH: programFolders().join(delimiter) }
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log], env })
  closeSync(log)
  daemon.once('error', error => announce(`dockerd could not be started: ${error.message}`))
  daemon.unref()
}

const ways = [
  {
    name: 'systemctl start docker',
    // Only where systemd is PID 1: the command alone may be installed anywhere.
    possible: () => existsSync('/run/systemd/system') && hasProgram('systemctl'),
    start: () => runCommand(['systemctl', 'start', 'docker'], { timeoutMs: answerTimeoutMs }),
  },
  {
    name: 'service docker start',
    possible: () => existsSync('/etc/init.d/docker') && hasProgram('service'),
    start: () => runCommand(['service', 'docker', 'start'], { timeoutMs: answerTimeoutMs }),
  },
  { name: `dockerd, logging to ${logFile}`, possible: () => true, start: startDaemonItself },
]

/**
 * Starts the installed daemon by the first way that makes it answer. For root only.
 * @param {import('./docker-endpoint.mjs').DockerEndpoint} endpoint
 */
export const startDocker = async endpoint => {
  const failures = []
  for (const { name, start } of ways.filter(way => way.possible())) {
    announce(`starting Docker: ${name}`)
    const failure = await start().then(
      () => awaitDocker(endpoint, answerTimeoutMs),
      error => error.message,
    )
    if (failure === null) return
    failures.push(`  ${name}: ${failure}`)
  }
  throw new SetupProblem(
    [
      'Docker is installed, but its daemon does not come up:',
      ...failures,
      `What it says itself is in ${logFile} or /var/log/docker.log.`,
    ].join('\n'),
  )
}
