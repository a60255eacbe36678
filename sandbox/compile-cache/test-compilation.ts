import type { CompilationInputs } from './compilation-key.ts'

const limits = {
  ...{ cpuTimeMs: 1, wallTimeMs: 2, memoryBytes: 3, processes: 4 },
  ...{ outputBytes: 5, fileBytes: 6, tmpfsBytes: 7, stackBytes: 8 },
}

/** What a compilation might depend on, for tests. */
export const someInputs = (change: Partial<CompilationInputs> = {}): CompilationInputs => ({
  ...{ tenant: 'acme', image: 'sha256:1', language: 'c', argv: ['gcc', '-O2', 'main.c'] },
  ...{ env: { HOME: '/box', PATH: '/bin' }, limits },
  files: [file('main.c', 'int main() {}'), file('a.h', '')],
  ...change,
})

export const file = (name: string, content: string) => ({ name, content: Buffer.from(content) })
