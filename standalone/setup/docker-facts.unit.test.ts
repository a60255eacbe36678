import { describe, expect, it } from 'vitest'
import { isDebianLike } from './docker-facts.mjs'

describe('an os-release', () => {
  it.each([
    ['Debian', 'NAME="Debian GNU/Linux"\nID=debian\n', true],
    ['Ubuntu', 'ID=ubuntu\nID_LIKE=debian\n', true],
    ['Mint', 'ID=linuxmint\nID_LIKE="ubuntu debian"\n', true],
    ['Fedora, whose home page mentions debian', 'ID=fedora\nHOME_URL="https://example.org/debian"\n', false],
    ['nothing', '', false],
  ])('of %s says whether apt-get installs there', (_, text, expected) => {
    expect(isDebianLike(text)).toBe(expected)
  })
})
