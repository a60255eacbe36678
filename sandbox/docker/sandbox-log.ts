type Write = (message: string, ids?: Readonly<Record<string, unknown>>) => void

/** Where the sandbox says what an operator should know; never a program's text. */
export type SandboxLog = Readonly<{ info: Write; warn: Write; error: Write }>
