import { readConfig } from '@runledger/shared-kernel/config/read-config.ts'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readSubmitBody } from './read-submit-body.ts'

const config = readConfig({})
if (E.isLeft(config)) throw new Error(config.left.join('\n'))
const read = readSubmitBody(config.right.limits)

const parsed = (json: string): unknown => JSON.parse(json)
const python = { code: 'x', lang: 'python' }
const file = (name: string) => ({ lang: 'python', files: [{ name, content: '' }] })
const files = (...names: ReadonlyArray<string>) => ({
  lang: 'python',
  files: names.map(name => ({ name, content: '' })),
})

const problemOf = (input: unknown) => {
  const result = read(input)
  return E.isLeft(result) ? result.left : null
}

describe('a body without code or language', () => {
  it.each([
    [{}, ['code', 'lang']],
    [{ code: 'x' }, ['lang']],
    [{ lang: 'python' }, ['code']],
    [{ code: '', lang: 'python' }, ['code']],
    [{ code: null, lang: 'python' }, ['code']],
    [{ code: 'x', lang: '' }, ['lang']],
    [{ files: [], lang: 'python' }, ['code']],
  ])('is told in the words of the contract: %j', (body, fields) => {
    expect(problemOf(body)).toMatchObject({
      status: 400,
      error: 'Code and language are required',
      errors: fields.map(field => ({ field })),
    })
  })
})

describe('a body with a field that cannot be meant', () => {
  it.each<[unknown, string, string | RegExp]>([
    [{ code: 5, lang: 'python' }, 'code', 'must be a string'],
    [{ code: 'x', lang: ['python'] }, 'lang', 'must be a string'],
    [{ ...python, stdInput: null }, 'stdInput', 'must be a string'],
    [{ ...python, stdInputEncoding: 'hex' }, 'stdInputEncoding', 'must be utf8 or base64'],
    [{ ...python, stdInput: 'YQ', stdInputEncoding: 'base64' }, 'stdInput', 'must be base64'],
    [{ ...python, stdInput: 'YQ==\n', stdInputEncoding: 'base64' }, 'stdInput', 'must be base64'],
    [{ ...python, stdInput: 'YR==', stdInputEncoding: 'base64' }, 'stdInput', 'must be base64'],
    [{ ...python, stdInput: '_-8=', stdInputEncoding: 'base64' }, 'stdInput', 'must be base64'],
    [{ ...python, code: 'a\ud800' }, 'code', /surrogate/],
    [{ ...python, stdInput: '\udc00' }, 'stdInput', /surrogate/],
    [{ ...python, lang: '\ud800' }, 'lang', /surrogate/],
    [{ ...python, args: ['\ud800'] }, 'args[0]', /surrogate/],
    [{ ...python, entry: '\ud800' }, 'entry', /surrogate/],
    [{ ...python, args: 'a b' }, 'args', 'must be a list of strings'],
    [{ ...python, args: ['a', 1] }, 'args[1]', 'must be a string'],
    [{ ...python, args: ['a\0'] }, 'args[0]', 'must not contain NUL'],
    [{ ...python, args: Array(257).fill('') }, 'args', 'must be at most 256'],
    [{ ...python, args: ['x'.repeat(65_536)] }, 'args', 'must be at most 65536 bytes together'],
    [{ ...python, cpu: 1 }, 'cpu', 'is not a known field'],
    [{ ...python, limits: { cpuTime: 1 } }, 'limits.cpuTime', 'is not a known field'],
    [parsed('{"code":"x","lang":"c","__proto__":{}}'), '__proto__', 'is not a known field'],
    [{ ...python, files: [{ name: 'a', content: '' }] }, 'files', 'must not be sent together with code'],
    [{ ...python, files: [] }, 'files', 'must not be sent together with code'],
    [{ lang: 'python', files: {} }, 'files', 'must be a list of files'],
    [{ lang: 'python', files: [5] }, 'files[0]', 'must be an object with name and content'],
    [{ lang: 'python', files: [{ name: 'a' }] }, 'files[0].content', 'is required'],
    [{ lang: 'python', files: [{ name: 'a', content: '\ud800' }] }, 'files[0].content', /surrogate/],
    [{ lang: 'python', files: [{ name: 'a', content: '', mode: 1 }] }, 'files[0].mode', 'is not a known field'],
    [
      { lang: 'python', files: [{ name: 'a', content: '*', encoding: 'base64' }] },
      'files[0].content',
      'must be base64',
    ],
    [files(...Array.from({ length: 257 }, (_, index) => `f${index}`)), 'files', 'must be at most 256'],
    [files('a', 'b', 'a'), 'files[2].name', 'is a duplicate'],
    [files('a/b', 'a'), 'files[1].name', 'is also the folder of another file'],
    [files('a', 'a/b/c'), 'files[0].name', 'is also the folder of another file'],
    [file(''), 'files[0].name', 'must not be empty'],
    [file('/etc/passwd'), 'files[0].name', 'must be a relative path'],
    [file('../x'), 'files[0].name', 'must not contain . or .. as a segment'],
    [file('a/../x'), 'files[0].name', 'must not contain . or .. as a segment'],
    [file('a/./x'), 'files[0].name', 'must not contain . or .. as a segment'],
    [file('..'), 'files[0].name', 'must not contain . or .. as a segment'],
    [file('a//x'), 'files[0].name', 'must not contain empty segments'],
    [file('a/'), 'files[0].name', 'must not contain empty segments'],
    [file('a\0.py'), 'files[0].name', /NUL/],
    [file('a\n.py'), 'files[0].name', /control/],
    [file('..\\x'), 'files[0].name', /backslash/],
    [file('-o'), 'files[0].name', 'must not begin with a hyphen'],
    [file('é'.repeat(128)), 'files[0].name', 'must have segments of at most 255 bytes'],
    [file(`${'a/'.repeat(32)}b`), 'files[0].name', 'must have at most 32 segments'],
    [file('abc/'.repeat(300)), 'files[0].name', 'must be at most 1024 bytes'],
  ])('%j: %s %s', (body, field, message) => {
    const expected = typeof message === 'string' ? message : expect.stringMatching(message)
    expect(problemOf(body)).toMatchObject({ status: 422, errors: [{ field, message: expected }] })
  })

  it.each([
    '0',
    '-1',
    '1.5',
    '1e309',
    '-0',
    '"5; rm"',
    '"5"',
    '[5]',
    '{}',
    'true',
    'null',
    '30001',
    '9007199254740993',
  ])('limits.cpuTimeMs %s: is told the maximum', value => {
    const body = parsed(`{"code": "x", "lang": "python", "limits": {"cpuTimeMs": ${value}}}`)
    expect(problemOf(body)).toMatchObject({
      status: 422,
      errors: [{ field: 'limits.cpuTimeMs', message: 'must be an integer from 1 to 30000' }],
    })
  })

  it('is told of every such field at once', () => {
    const body = {
      ...python,
      args: 5,
      limits: { cpuTimeMs: 0, wallTimeMs: 0 },
      compileLimits: { processes: 257 },
      x: 1,
    }
    expect(
      problemOf(body)
        ?.errors?.map(({ field }) => field)
        .toSorted(),
    ).toStrictEqual(['args', 'compileLimits.processes', 'limits.cpuTimeMs', 'limits.wallTimeMs', 'x'])
  })
})

describe('a body with test cases that cannot be meant', () => {
  it.each([
    [{ tests: [] }, ['tests']],
    [{ tests: Array.from({ length: 1_001 }, () => ({})) }, ['tests']],
    [{ tests: [{}, { stdin: 5 }] }, ['tests[1].stdin']],
    [{ tests: [{ stdIn: '' }] }, ['tests[0].stdIn']],
    [{ tests: [{ name: '' }] }, ['tests[0].name']],
    [{ tests: [{ name: 'x'.repeat(201) }] }, ['tests[0].name']],
    [{ tests: [{ args: ['\0'] }] }, ['tests[0].args[0]']],
    [{ tests: [{ args: ['x'.repeat(64 * 1024)] }] }, ['tests[0].args']],
    [{ tests: [{}, {}, {}, { limits: { wallTimeMs: 60_001 } }] }, ['tests[3].limits.wallTimeMs']],
    [
      { tests: [{ stdin: '!', expectedOutput: '!', encoding: 'base64' }] },
      ['tests[0].stdin', 'tests[0].expectedOutput'],
    ],
    [{ tests: [{}], stdInput: '' }, ['stdInput']],
    [{ tests: [{}], expectedOutput: '' }, ['expectedOutput']],
    [{ tests: [{}], comparison: 'fuzzy' }, ['comparison']],
    [{ tests: [{}], tolerance: { absolute: 1 } }, ['tolerance']],
    [{ tests: [{}], comparison: 'float', tolerance: { relative: -1 } }, ['tolerance.relative']],
    [{ comparison: 'exact', stopOnFirstFailure: true }, ['comparison', 'stopOnFirstFailure']],
  ])('is refused, and told where: %#', (members, fields) => {
    const problem = problemOf({ ...python, ...members })
    expect({ status: problem?.status, fields: problem?.errors?.map(({ field }) => field) }).toStrictEqual({
      status: 422,
      fields,
    })
  })
})

describe('a body that asks for files', () => {
  const most = Array.from({ length: 16 }, (_, n) => String(n))

  it.each<[ReadonlyArray<unknown>, string, string]>([
    [[], 'outputs', 'must not be empty'],
    [[...most, 'x'], 'outputs', 'must be at most 16'],
    [['a', ''], 'outputs[1]', 'must not be empty'],
    [['/a'], 'outputs[0]', 'must be a relative path'],
    [['a/../b'], 'outputs[0]', 'must not contain . or .. as a segment'],
    [['./a'], 'outputs[0]', 'must not contain . or .. as a segment'],
    [['a//b'], 'outputs[0]', 'must not contain empty segments'],
    [['a/'], 'outputs[0]', 'must not contain empty segments'],
    [['a**/b'], 'outputs[0]', 'must have ** as a segment of its own'],
    [['a\0'], 'outputs[0]', 'must not contain NUL or other control characters'],
    [['*.{png,jpg}'], 'outputs[0]', 'must not contain \\ [ ] { or }: *, ? and ** are all there is'],
    [['é'.repeat(129)], 'outputs[0]', 'must be at most 256 bytes'],
    [[most.join('/').concat('/x')], 'outputs[0]', 'must have at most 16 segments'],
  ])('is refused with the patterns %j', (outputs, field, message) => {
    expect(problemOf({ ...python, outputs })).toMatchObject({ status: 422, errors: [{ field, message }] })
  })

  it.each([
    [{ outputs: ['*'], tests: [{}] }, ['outputs']],
    [{ outputs: ['*'], expectedOutput: '' }, ['outputs']],
    [{ outputLimits: {} }, ['outputLimits']],
    [
      { outputs: ['*'], outputLimits: { files: 0, fileBytes: 4_194_305, totalBytes: '1', more: 1 } },
      ['outputLimits.files', 'outputLimits.fileBytes', 'outputLimits.totalBytes', 'outputLimits.more'],
    ],
  ])('is refused with %j, and told where', (members, fields) => {
    const named = problemOf({ ...python, ...members })?.errors?.map(({ field }) => field) ?? []
    expect([...named].toSorted()).toStrictEqual(fields.toSorted())
  })
})

describe('a body that is right', () => {
  it.each([
    python,
    { ...python, stdInput: '', args: [] },
    { ...python, stdInput: '', stdInputEncoding: 'base64' },
    { ...python, limits: { cpuTimeMs: 1 }, compileLimits: { wallTimeMs: 120_000 } },
    { ...python, limits: { cpuTimeMs: 30_000 } },
    files('a', 'b/a', 'b/b', '.hidden', '...', 'ünï çödé.py', '名前'),
    file('é'.repeat(127)),
    { ...python, expectedOutput: '' },
    { ...python, stdInput: 'x', expectedOutput: 'y', comparison: 'exact' },
    {
      ...python,
      args: ['a'],
      tests: [{}, { stdin: '' }, { name: 'n', stdin: 'AA==', expectedOutput: '', encoding: 'base64' }],
    },
    { ...python, tests: [{ args: ['x'], limits: { cpuTimeMs: 1 } }], comparison: 'float', tolerance: { absolute: 0 } },
    { ...python, tests: Array.from({ length: 1_000 }, () => ({})), stopOnFirstFailure: true },
    { ...python, outputs: ['*.png', 'a/**/b?', '**', '.hidden/*', 'ünï'] },
    { ...python, outputs: ['x'], outputLimits: { files: 1, fileBytes: 4_194_304 } },
  ])('is read as it is: %j', body => {
    expect(read(body)).toStrictEqual(E.right(body))
  })
})
