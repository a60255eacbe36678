import { Redis } from 'ioredis'

/** Lends a connection to the server of a running cluster. */
export const withRedis = async (url: string, use: (redis: Redis) => Promise<void>): Promise<void> => {
  const redis = new Redis(url)
  try {
    await use(redis)
  } finally {
    redis.disconnect()
  }
}
