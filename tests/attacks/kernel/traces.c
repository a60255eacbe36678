#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

static void tell(const char *what, long answer) { printf("%s: %s\n", what, answer < 0 ? strerrorname_np(errno) : "done"); }

int main(void) {
  pid_t child = fork();
  if (child == 0) pause();
  char word[8] = {0};
  struct iovec piece = {word, sizeof word};
  tell("attach to a child", ptrace(PTRACE_ATTACH, child, NULL, NULL));
  tell("seize the runner", ptrace(PTRACE_SEIZE, 1, NULL, NULL));
  tell("be traced", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
  tell("write into a child", process_vm_writev(child, &piece, 1, &piece, 1, 0));
  tell("read from the runner", process_vm_readv(1, &piece, 1, &piece, 1, 0));
  kill(child, SIGKILL);
  return 0;
}
