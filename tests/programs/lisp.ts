import type { Sources } from './program.ts'

export const lisp: Sources = {
  greets: '(format t "Hello, World!~%")',
  echoes: '(loop for char = (read-char *standard-input* nil) while char do (write-char char))',
  isBroken: '(defun',
  exitsWith3: '(sb-ext:exit :code 3)',
  loops: '(loop)',
  sleeps: '(sleep 600)',
  hogsMemory:
    "(let ((kept nil))\n  (loop (push (make-array 10000000 :element-type '(unsigned-byte 8) :initial-element 1) kept)))",
}
