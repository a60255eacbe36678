import type { Sources } from './program.ts'

export const executable: Sources = {
  greets: "#!/bin/sh\necho 'Hello, World!'",
  echoes: '#!/bin/sh\nexec cat',
  isBroken: '#!/nowhere',
  exitsWith3: '#!/bin/sh\nexit 3',
  loops: '#!/bin/sh\nwhile :; do :; done',
  sleeps: '#!/bin/sh\nexec sleep 600',
  hogsMemory: '#!/bin/sh\nexec tail /dev/zero',
}
