import { compileAttacks } from './compile/attacks.ts'
import { diskAttacks } from './disk/attacks.ts'
import { informationAttacks } from './information/attacks.ts'
import { kernelAttacks } from './kernel/attacks.ts'
import { memoryAttacks } from './memory/attacks.ts'
import { outputAttacks } from './output/attacks.ts'
import { processAttacks } from './processes/attacks.ts'
import { serviceAttacks } from './service/attacks.ts'

/** What must be survived, by family. */
export const catalogue = {
  processes: processAttacks,
  memory: memoryAttacks,
  'output and input': outputAttacks,
  'disk and files': diskAttacks,
  information: informationAttacks,
  kernel: kernelAttacks,
  compilers: compileAttacks,
  service: serviceAttacks,
}
