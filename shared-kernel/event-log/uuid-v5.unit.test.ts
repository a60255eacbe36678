import { expect, it } from 'vitest'
import { uuidV5 } from './uuid-v5.ts'

const dnsNamespace = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'

it('is the UUID that RFC 9562, appendix A.4, derives', () => {
  expect(uuidV5(dnsNamespace, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
})

it('differs by name and by namespace', () => {
  const other = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'
  const ids = [uuidV5(dnsNamespace, 'a'), uuidV5(dnsNamespace, 'b'), uuidV5(other, 'a')]
  expect(new Set(ids).size).toBe(3)
})
