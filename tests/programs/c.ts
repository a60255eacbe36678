import type { Sources } from './program.ts'

export const c: Sources = {
  greets: '#include <stdio.h>\nint main(void) { puts("Hello, World!"); }',
  echoes: '#include <stdio.h>\nint main(void) { int b; while ((b = getchar()) != EOF) putchar(b); }',
  isBroken: 'int main(void) { return missing; }',
  exitsWith3: 'int main(void) { return 3; }',
  crashes: 'int main(void) { volatile int *nowhere = 0; *nowhere = 1; }',
  loops: 'int main(void) { for (volatile int i = 0;; i++); }',
  sleeps: '#include <unistd.h>\nint main(void) { sleep(600); }',
  hogsMemory:
    '#include <stdlib.h>\n#include <string.h>\nint main(void) { for (;;) { char *p = malloc(10000000); if (p) memset(p, 1, 10000000); } }',
  forkBombs: '#include <unistd.h>\nint main(void) { for (;;) fork(); }',
  floods:
    '#include <stdio.h>\nint main(void) { for (;;) puts("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"); }',
}
