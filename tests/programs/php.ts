import type { Sources } from './program.ts'

export const php: Sources = {
  greets: '<?php\necho "Hello, World!\\n";',
  echoes: '<?php\necho stream_get_contents(STDIN);',
  isBroken: '<?php\nfunction {',
  exitsWith3: '<?php\nexit(3);',
  loops: '<?php\nwhile (true);',
  sleeps: '<?php\nsleep(600);',
  hogsMemory: "<?php\n$kept = [];\nwhile (true) $kept[] = str_repeat('x', 10000000);",
}
