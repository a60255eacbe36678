import type { Sources } from './program.ts'

export const d: Sources = {
  greets: 'import std.stdio;\nvoid main() { writeln("Hello, World!"); }',
  echoes: 'import std.stdio;\nvoid main() { foreach (chunk; stdin.byChunk(4096)) stdout.rawWrite(chunk); }',
  isBroken: 'int main() { return nothing; }',
  exitsWith3: 'int main() { return 3; }',
  loops: 'void main() { for (;;) {} }',
  sleeps: 'import core.thread, core.time;\nvoid main() { Thread.sleep(600.seconds); }',
  hogsMemory:
    'void main() {\n  ubyte[][] kept;\n  for (;;) {\n    auto bytes = new ubyte[10_000_000];\n    bytes[] = 1;\n    kept ~= bytes;\n  }\n}',
}
