import type { Sources } from './program.ts'

export const csharp: Sources = {
  greets:
    'using System;\nclass Program {\n  static int Main(string[] args) {\n    Console.WriteLine("Hello, World!");\n    return 0;\n  }\n}',
  echoes:
    'using System;\nclass Program {\n  static int Main(string[] args) {\n    Console.Write(Console.In.ReadToEnd());\n    return 0;\n  }\n}',
  isBroken: 'using System;\nclass Program {\n  static int Main(string[] args) {\n    return nothing;\n  }\n}',
  exitsWith3: 'using System;\nclass Program {\n  static int Main(string[] args) {\n    return 3;\n  }\n}',
  loops: 'using System;\nclass Program {\n  static int Main(string[] args) {\n    for (;;) ;\n  }\n}',
  sleeps:
    'using System;\nclass Program {\n  static int Main(string[] args) {\n    System.Threading.Thread.Sleep(600000);\n    return 0;\n  }\n}',
  hogsMemory:
    'using System;\nusing System.Collections.Generic;\nclass Program {\n  static int Main(string[] args) {\n    var kept = new List<byte[]>();\n    for (;;) {\n      var bytes = new byte[10000000];\n      for (var i = 0; i < bytes.Length; i += 1024) bytes[i] = 1;\n      kept.Add(bytes);\n    }\n  }\n}',
}
