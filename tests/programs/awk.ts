import type { Sources } from './program.ts'

export const awk: Sources = {
  greets: 'BEGIN { print "Hello, World!" }',
  echoes: '{ printf "%s%s", $0, RT }',
  isBroken: 'BEGIN {',
  exitsWith3: 'BEGIN { exit 3 }',
  loops: 'BEGIN { while (1) ; }',
  sleeps: 'BEGIN { system("sleep 600") }',
  hogsMemory: 'BEGIN { text = "xxxxxxxxxx"; while (1) { text = text text; kept[i++] = text } }',
}
