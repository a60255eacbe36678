/* Every number of the 32-bit and the x32 ABI, each in a child: none of them comes back. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static long compat(long number) {
  long answer;
  __asm__ volatile("int $0x80" : "=a"(answer) : "a"(number), "b"(0), "c"(0), "d"(0), "S"(0), "D"(0) : "memory");
  return answer;
}

static long x32(long number) { return syscall(0x40000000L | number, 0L, 0L, 0L, 0L, 0L, 0L); }

static void sweep(const char *abi, long (*call)(long)) {
  int killed = 0, last = 470;
  for (int number = 0; number <= last; number++) {
    pid_t child = vfork();
    if (child == 0) {
      call(number);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS) killed++;
    else printf("%s %d came back\n", abi, number);
  }
  printf("%s: %d of %d killed\n", abi, killed, last + 1);
}

int main(void) {
  sweep("32-bit", compat);
  sweep("x32", x32);
  return 0;
}
