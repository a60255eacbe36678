import type { Sources } from './program.ts'

export const assembly: Sources = {
  greets:
    'global _start\nsection .data\ntext: db "Hello, World!", 10\nsize: equ $ - text\nsection .text\n_start:\n  mov rax, 1\n  mov rdi, 1\n  mov rsi, text\n  mov rdx, size\n  syscall\n  mov rax, 60\n  xor rdi, rdi\n  syscall',
  echoes:
    'global _start\nsection .bss\nbuffer: resb 4096\nsection .text\n_start:\n  xor rax, rax\n  xor rdi, rdi\n  mov rsi, buffer\n  mov rdx, 4096\n  syscall\n  test rax, rax\n  jle end\n  mov rdx, rax\n  mov rax, 1\n  mov rdi, 1\n  mov rsi, buffer\n  syscall\n  jmp _start\nend:\n  mov rax, 60\n  xor rdi, rdi\n  syscall',
  isBroken: 'global _start\nsection .text\n_start:\n  move rax, 60',
  exitsWith3: 'global _start\nsection .text\n_start:\n  mov rax, 60\n  mov rdi, 3\n  syscall',
  loops: 'global _start\nsection .text\n_start:\n  jmp _start',
  sleeps: 'global _start\nsection .text\n_start:\n  mov rax, 34\n  syscall',
  hogsMemory:
    'global _start\nsection .text\n_start:\n  mov rax, 9\n  xor rdi, rdi\n  mov rsi, 0x40000000\n  mov rdx, 3\n  mov r10, 0x22\n  mov r8, -1\n  xor r9, r9\n  syscall\ntouch:\n  mov byte [rax], 1\n  add rax, 4096\n  jmp touch',
}
