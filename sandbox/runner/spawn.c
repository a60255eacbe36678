#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "identity.h"
#include "program.h"

/* Room for a flood to be read in few, large pieces. */
#define OUTPUT_PIPE_BYTES (256 << 10)

#define CHILD_STACK_BYTES (64 << 10)

enum pipe_of { IN, OUT, ERR, FAILURE, PIPES };

static void close_all(int pipes[PIPES][2]) {
  for (int i = 0; i < PIPES; i++)
    for (int end = 0; end < 2; end++)
      if (pipes[i][end] >= 0) close(pipes[i][end]);
}

static int make_all(int pipes[PIPES][2]) {
  for (int i = 0; i < PIPES; i++)
    if (pipe2(pipes[i], O_CLOEXEC) < 0) return -1;
  return 0;
}

static int open_all(int pipes[PIPES][2]) {
  memset(pipes, -1, sizeof(int[PIPES][2]));
  act_as_program();
  int made = make_all(pipes);
  act_as_runner();
  if (made < 0) return -1;
  fcntl(pipes[IN][1], F_SETFL, O_NONBLOCK);
  fcntl(pipes[OUT][0], F_SETFL, O_NONBLOCK);
  fcntl(pipes[ERR][0], F_SETFL, O_NONBLOCK);
  /* Refused where the host's pipe budget is spent: the default size works as well, only slower. */
  fcntl(pipes[OUT][0], F_SETPIPE_SZ, OUTPUT_PIPE_BYTES);
  fcntl(pipes[ERR][0], F_SETPIPE_SZ, OUTPUT_PIPE_BYTES);
  return 0;
}

static int keep_and_close(int pipes[PIPES][2], int kept) {
  close(pipes[kept][kept == IN ? 0 : 1]);
  return pipes[kept][kept == IN ? 1 : 0];
}

struct start {
  const struct phase *phase;
  int streams[3], failure;
};

static int become(void *argument) {
  const struct start *start = argument;
  become_program(start->phase, start->streams, start->failure);
}

/*
 * In the runner's own memory until its exec, for which the runner waits: a copy would cost more than all else here. Whoever
 * traced the child meanwhile would have the runner, but there is no other process of its uid: all are dead between phases.
 */
static pid_t start_child(struct start *start) {
  static char stack[CHILD_STACK_BYTES] __attribute__((aligned(64)));
  return clone(become, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, start);
}

int spawn(const struct phase *phase, struct child *child) {
  int pipes[PIPES][2];
  if (open_all(pipes) == 0) {
    child->pid = start_child(&(struct start){phase, {pipes[IN][0], pipes[OUT][1], pipes[ERR][1]}, pipes[FAILURE][1]});
    if (child->pid > 0) {
      child->in = keep_and_close(pipes, IN);
      child->out = keep_and_close(pipes, OUT);
      child->err = keep_and_close(pipes, ERR);
      child->failure = keep_and_close(pipes, FAILURE);
      return 0;
    }
  }
  int cause = errno;
  close_all(pipes);
  return cause;
}

int spawn_failure(struct child *child) {
  int cause = 0;
  ssize_t got = read(child->failure, &cause, sizeof cause);
  close(child->failure);
  return got == sizeof cause ? cause : 0;
}
