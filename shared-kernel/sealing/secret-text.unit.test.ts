import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { secretIn, secretText } from './secret-text.ts'

const file = (content: string) => ({ name: 'main.py', content, encoding: 'utf8' as const })

const members = { entry: 'main.py', args: ['\n'], stdin: { content: 'a\nb', encoding: 'utf8' } }

describe('what is secret of a submission', () => {
  it('comes back as it was, whatever its files hold', () => {
    const text = fc.string({ unit: fc.oneof(fc.constantFrom('\n', '"', '\\', '\0', '\ud800', 'é', '😀'), fc.string()) })
    void fc.assert(
      fc.property(fc.array(text), contents => {
        const files = contents.map(file)
        expect(secretIn(Buffer.from(secretText(members, files)).toString())).toStrictEqual({ ...members, files })
      }),
    )
  })

  it('holds the texts of files as they are', () => {
    const [one, two] = ['print("a")\n', 'print("b")\n']
    expect(secretText(members, [file(one), file(two)]).endsWith(`\n${one}${two}`)).toBe(true)
  })

  it('is read where an earlier release wrote all of it as JSON', () => {
    const secret = { ...members, files: [file('print("a")\n')] }
    expect(secretIn(JSON.stringify(secret))).toStrictEqual(secret)
  })
})
