import { describe, expect, it } from 'vitest'
import { useStandalone } from '../support/use-standalone.ts'

const runledger = useStandalone()

const run = async (submission: object) => runledger.client().resultOf(await runledger.client().submit(submission))

const echo = 'import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read())'
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))

describe('given source that is awkward to quote', () => {
  const awkward = `'"\\n\\t\\c \`$(id)\` $HOME %s \\\\ \u{1f980} é`

  it('reaches the program byte for byte', async () => {
    const code = `import json, sys\nsys.stdout.write(${JSON.stringify(awkward)})\n# it's "quoted" \\n \\`
    expect(await run({ lang: 'python', code })).toMatchObject({ outcome: 'success', stdOutput: awkward, code })
  })

  it('may be a mebibyte long', async () => {
    const code = `print("end")\n#${'x'.repeat(1024 * 1024)}`
    expect(await run({ lang: 'python', code })).toMatchObject({ outcome: 'success', stdOutput: 'end\n', code })
  })
})

describe('given input of any kind', () => {
  it('brings NUL and every other character to the program and back', async () => {
    const stdInput = 'a\0b\r\n\n \u{1f980}\u2028end without newline'
    expect(await run({ lang: 'python', code: echo, stdInput })).toMatchObject({ stdOutput: stdInput, stdInput })
  })

  it('brings bytes that are not text in and out as base64', async () => {
    const stdInput = everyByte.toString('base64')
    const result = await run({ lang: 'python', code: echo, stdInput, stdInputEncoding: 'base64' })
    expect(result).toMatchObject({ outcome: 'success', encoding: 'base64', stdOutput: stdInput, stdError: '' })
  })

  it('ends at once where there is none', async () => {
    expect(await run({ lang: 'python', code: echo })).toMatchObject({ outcome: 'success', stdOutput: '' })
  })
})

describe('given several files and arguments', () => {
  it('runs the entry with the others beside it', async () => {
    const submission = {
      lang: 'python',
      entry: 'main.py',
      files: [
        { name: 'main.py', content: 'import sys\nfrom lib.greeting import text\nprint(text, *sys.argv[1:], sep="|")' },
        { name: 'lib/greeting.py', content: Buffer.from('text = "hi"').toString('base64'), encoding: 'base64' },
      ],
      args: ['two words', '$(id)', "it's"],
    }
    expect(await run(submission)).toMatchObject({ outcome: 'success', stdOutput: "hi|two words|$(id)|it's\n" })
  })
})

describe('given a program that was compiled elsewhere', () => {
  // For Linux on x86-64: writes its greeting and exits, by two system calls.
  const greeter = [
    'f0VMRgIBAQAAAAAAAAAAAAIAPgABAAAAeABAAAAAAABAAAAAAAAAAAAAAAAAAAAAAAAAAEAAOAABAAAAAAAAAAEAAA',
    'AFAAAAAAAAAAAAAAAAAEAAAAAAAAAAQAAAAAAAogAAAAAAAACiAAAAAAAAAAAQAAAAAAAAuAEAAACJx76UAEAAug4A',
    'AAAPBbg8AAAAMf8PBUhlbGxvLCBXb3JsZCEK',
  ].join('')

  it('runs it as it came', async () => {
    const files = [{ name: 'greeter', content: greeter, encoding: 'base64' }]
    expect(await run({ lang: 'executable', files })).toMatchObject({
      outcome: 'success',
      stdOutput: 'Hello, World!\n',
    })
  })
})

describe('given output on both streams', () => {
  it('keeps them apart and untrimmed', async () => {
    const code = 'import sys\nsys.stdout.write("  out \\n\\n")\nsys.stderr.write("\\terr ")'
    expect(await run({ lang: 'python', code })).toMatchObject({ stdOutput: '  out \n\n', stdError: '\terr ' })
  })

  it('keeps characters whole however the program splits them', async () => {
    const code = 'import os\nfor b in "é\u{1f980}".encode() * 2000: os.write(1, bytes([b]))'
    expect(await run({ lang: 'python', code })).toMatchObject({
      encoding: 'utf8',
      stdOutput: 'é\u{1f980}'.repeat(2000),
    })
  })
})
