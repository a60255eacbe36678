import type { Document } from '@runledger/shared-kernel/read-model-store/read-model-store.ts'

/**
 * The documents written last. Each is a fold of its stream's first events, which no other writer can make untrue; only
 * events that follow right behind it may be folded into it.
 */
export type DocumentMemory = Readonly<{
  remember: (documents: ReadonlyArray<Document>) => void
  /** Null where there is none that an event of this version follows. */
  recall: (id: string, nextVersion: number) => Document | null
  /** The document as it was written last; null where that is not known. */
  latest: (id: string) => Document | null
  forget: () => void
}>

export const documentMemory = (capacity: number): DocumentMemory => {
  const documents = new Map<string, Document>()

  const rememberOne = (document: Document): void => {
    documents.delete(document.id)
    documents.set(document.id, document)
    const [oldest] = documents.keys()
    if (documents.size > capacity && oldest !== undefined) documents.delete(oldest)
  }

  return {
    remember: written => written.forEach(rememberOne),
    recall: (id, nextVersion) => {
      const document = documents.get(id)
      return document?.version === nextVersion - 1 ? document : null
    },
    latest: id => documents.get(id) ?? null,
    forget: () => documents.clear(),
  }
}
