import type { Sources } from './program.ts'

export const kotlin: Sources = {
  greets: 'fun main() = println("Hello, World!")\n',
  echoes: 'fun main() = print(System.`in`.bufferedReader().readText())\n',
  isBroken: 'fun main() { val count: Int = "not a number" }\n',
  exitsWith3: 'fun main() { System.exit(3) }\n',
  crashes:
    'fun main() {\n  ProcessBuilder("sh", "-c", "kill -KILL " + ProcessHandle.current().pid()).start()\n  Thread.sleep(60000)\n}\n',
  hogsMemory:
    'fun main() {\n  val kept = mutableListOf<ByteArray>()\n  while (true) kept.add(ByteArray(10_000_000))\n}\n',
}
