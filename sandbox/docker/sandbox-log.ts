type Write = (ids: Readonly<Record<string, unknown>>, message: string) => void

/** Where the sandbox says what an operator should know; never a program's text. */
export type SandboxLog = Readonly<{ info: Write; warn: Write; error: Write }>
