import type { Sources } from './program.ts'

export const scheme: Sources = {
  greets: '(display "Hello, World!")\n(newline)',
  echoes: '(use-modules (ice-9 textual-ports))\n(display (get-string-all (current-input-port)))',
  isBroken: '(define',
  exitsWith3: '(exit 3)',
  loops: '(let loop () (loop))',
  sleeps: '(sleep 600)',
  hogsMemory:
    '(use-modules (rnrs bytevectors))\n(let loop ((kept (list))) (loop (cons (make-bytevector 10000000 1) kept)))',
}
