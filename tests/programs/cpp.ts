import type { Sources } from './program.ts'

export const cpp: Sources = {
  greets: '#include <iostream>\nint main() { std::cout << "Hello, World!\\n"; }',
  echoes: '#include <iostream>\nint main() { std::cout << std::cin.rdbuf(); }',
  isBroken: 'int main() { undeclared(); }',
  exitsWith3: 'int main() { return 3; }',
  crashes: 'int main() { volatile int *nowhere = nullptr; *nowhere = 1; }',
  loops: 'int main() { for (volatile int i = 0;; i = i + 1); }',
  sleeps: '#include <chrono>\n#include <thread>\nint main() { std::this_thread::sleep_for(std::chrono::minutes(10)); }',
  hogsMemory:
    '#include <cstring>\n#include <vector>\nint main() { std::vector<char *> kept; for (;;) { kept.push_back(new char[10000000]); std::memset(kept.back(), 1, 10000000); } }',
  forkBombs: '#include <unistd.h>\nint main() { for (;;) fork(); }',
  floods:
    '#include <iostream>\n#include <string>\nint main() { std::string line(10000, \'x\'); for (;;) std::cout << line << "\\n"; }',
}
