import type { Sources } from './program.ts'

export const r: Sources = {
  greets: "cat('Hello, World!\\n')",
  echoes: "cat(rawToChar(readBin(file('stdin', 'rb'), raw(), 1e6)))",
  isBroken: 'cat((',
  exitsWith3: 'quit(status = 3)',
  loops: 'while (TRUE) {}',
  sleeps: 'Sys.sleep(600)',
  hogsMemory: 'kept <- list()\nrepeat kept[[length(kept) + 1]] <- rep(1.5, 1e6)',
}
