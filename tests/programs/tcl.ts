import type { Sources } from './program.ts'

export const tcl: Sources = {
  greets: 'puts "Hello, World!"',
  echoes: 'puts -nonewline [read stdin]',
  isBroken: 'proc {',
  exitsWith3: 'exit 3',
  loops: 'while 1 {}',
  sleeps: 'after 600000',
  hogsMemory: 'while 1 { lappend kept [string repeat x[incr i] 5000000] }',
}
