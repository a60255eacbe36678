import type { Sources } from './program.ts'

const withMain = (body: string, name = 'Program'): string =>
  `import java.util.*;\nimport java.io.*;\npublic class ${name} {\n  public static void main(String[] args) throws Exception {\n    ${body}\n  }\n}\n`

export const java: Sources = {
  greets: withMain('System.out.println("Hello, World!");', 'Greeter'),
  echoes: withMain('System.in.transferTo(System.out); System.out.flush();'),
  isBroken: withMain('int count = "not a number";'),
  exitsWith3: withMain('System.exit(3);'),
  crashes: withMain(
    'new ProcessBuilder("sh", "-c", "kill -KILL " + ProcessHandle.current().pid()).start(); Thread.sleep(60000);',
  ),
  loops: withMain('for (long i = 0; ; i++) if (i < 0) System.out.print("");'),
  sleeps: withMain('Thread.sleep(600000);'),
  hogsMemory: withMain('List<byte[]> kept = new ArrayList<>(); for (;;) kept.add(new byte[10_000_000]);'),
  forkBombs: withMain(
    'for (;;) new Thread(() -> { try { Thread.sleep(600000); } catch (InterruptedException e) {} }).start();',
  ),
  floods: withMain('String line = "x".repeat(10000); for (;;) System.out.println(line);'),
}
