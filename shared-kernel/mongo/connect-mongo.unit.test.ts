import { describe, expect, it } from 'vitest'
import { connectMongo } from './connect-mongo.ts'

const hostsOf = (url: string, database?: string): string => {
  const connection = connectMongo({ url, database })
  return typeof connection === 'string' ? connection : connection.hosts
}

describe('the database that a MongoDB URL names', () => {
  it.each([
    ['mongodb://localhost:27018', undefined, 'localhost:27018/runledger'],
    ['mongodb://localhost:27018/', undefined, 'localhost:27018/runledger'],
    ['mongodb://localhost:27018/?replicaSet=rs0', undefined, 'localhost:27018/runledger'],
    ['mongodb://localhost:27018/ours?replicaSet=rs0', undefined, 'localhost:27018/ours'],
    ['mongodb://localhost:27018/ours', 'theirs', 'localhost:27018/theirs'],
    ['mongodb://user:hidden@a:1,b:2/ours', undefined, 'a:1, b:2/ours'],
  ])('%s, %s: %s', (url, database, hosts) => {
    expect(hostsOf(url, database)).toBe(hosts)
  })

  it('is none where the URL is malformed, and nothing of a password is told', () => {
    expect(hostsOf('mongodb://user:hidden@a:port/ours')).toMatch(/^it is no connection string/)
    expect(hostsOf('mongodb://user:hidden@a:port/ours')).not.toContain('hidden')
  })
})
