import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type DockerFacts, planDocker } from './docker-plan.mjs'

const stopped: DockerFacts = {
  dockerHost: 'unix:///var/run/docker.sock',
  local: true,
  failure: 'ECONNREFUSED',
  platform: 'linux',
  root: true,
  installed: true,
  apt: true,
}

const adviceFor = (facts: DockerFacts) => {
  const plan = planDocker(facts)
  return plan.action === 'refuse' ? plan.advice : `no advice: ${plan.action}`
}

describe('given a daemon that answers', () => {
  const facts = fc.record({
    dockerHost: fc.string(),
    local: fc.boolean(),
    platform: fc.constantFrom('linux', 'darwin'),
    root: fc.boolean(),
    installed: fc.boolean(),
    apt: fc.boolean(),
  })

  it('is used, whatever else is known', () =>
    fc.assert(fc.property(facts, rest => planDocker({ ...rest, failure: null }).action === 'use')))
})

describe('given a daemon that is installed but stopped', () => {
  it('is started by root', () => expect(planDocker(stopped)).toEqual({ action: 'start' }))

  it('tells another user the command', () => {
    expect(adviceFor({ ...stopped, root: false })).toContain('systemctl start docker')
  })
})

describe('given no Docker', () => {
  const missing = { ...stopped, failure: 'ENOENT', installed: false }

  it('is installed by root on Debian and Ubuntu', () => expect(planDocker(missing)).toEqual({ action: 'install' }))

  it('tells another user of Debian the command', () => {
    expect(adviceFor({ ...missing, root: false })).toContain('apt-get install docker.io')
  })

  it('points to the manual elsewhere', () => {
    expect(adviceFor({ ...missing, apt: false })).toContain('https://docs.docker.com/engine/install/')
  })

  it('names Docker Desktop on a Mac', () => {
    expect(adviceFor({ ...missing, platform: 'darwin', root: false, apt: false })).toContain('Docker Desktop')
  })
})

describe('given a socket this user may not open', () => {
  it('names the group, installed or not, and starts nothing', () => {
    expect(adviceFor({ ...stopped, failure: 'EACCES', root: false })).toContain('usermod -aG docker')
  })
})

describe('given a DOCKER_HOST of its own', () => {
  it('starts and installs nothing here when it does not answer', () => {
    const advice = adviceFor({ ...stopped, local: false, dockerHost: 'tcp://judge:2375' })
    expect(advice).toContain('tcp://judge:2375')
    expect(advice).toContain('ECONNREFUSED')
  })
})
