import type { FieldError } from '@runledger/shared-kernel/http/problem.ts'

/** Names that cannot stand beside each other in one folder: the same twice, or a file where another needs a folder. */
export const clashingNames = (names: ReadonlyArray<string>): ReadonlyArray<FieldError> => {
  const folders = new Set(names.flatMap(foldersAbove))
  return names.flatMap((name, index) => {
    const field = `files[${index}].name`
    if (names.indexOf(name) < index) return [{ field, message: 'is a duplicate' }]
    return folders.has(name) ? [{ field, message: 'is also the folder of another file' }] : []
  })
}

const foldersAbove = (name: string): ReadonlyArray<string> => {
  const segments = name.split('/')
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'))
}
