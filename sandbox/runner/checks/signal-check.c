/* Signals reach the program's group and nobody else, whatever state its leader is in. */
#include <assert.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../signal-program.h"

static int ready[2];

static void tell_and_wait(void) {
  assert(write(ready[1], "r", 1) == 1);
  for (;;) pause();
}

static void await(int count) {
  char told;
  for (; count > 0; count--) assert(read(ready[0], &told, 1) == 1);
}

enum relative { MEMBER, APART };

/* A leader of its group with a child in it and one in a group of its own. */
static pid_t start_family(pid_t relatives[2]) {
  int ids[2];
  assert(pipe(ids) == 0);
  pid_t leader = fork();
  assert(leader >= 0);
  if (leader == 0) {
    assert(setpgid(0, 0) == 0);
    pid_t children[2];
    for (int i = MEMBER; i <= APART; i++) {
      children[i] = fork();
      if (children[i] == 0) {
        if (i == APART) assert(setpgid(0, 0) == 0);
        tell_and_wait();
      }
    }
    assert(write(ids[1], children, sizeof children) == sizeof children);
    tell_and_wait();
  }
  assert(read(ids[0], relatives, 2 * sizeof *relatives) == 2 * sizeof *relatives);
  await(3);
  return leader;
}

static int status_of(pid_t pid) {
  int status;
  assert(waitpid(pid, &status, 0) == pid);
  return status;
}

static void check_group(void) {
  pid_t relatives[2], leader = start_family(relatives);
  assert(signal_program(leader, SIGTERM));
  assert(WTERMSIG(status_of(leader)) == SIGTERM && WTERMSIG(status_of(relatives[MEMBER])) == SIGTERM);
  assert(waitpid(relatives[APART], NULL, WNOHANG) == 0 && kill(relatives[APART], SIGKILL) == 0);
  assert(WTERMSIG(status_of(relatives[APART])) == SIGKILL);
}

static void check_without_its_group(void) {
  pid_t child = fork();
  assert(child >= 0);
  if (child == 0) tell_and_wait();
  await(1);
  assert(signal_program(child, SIGINT));
  assert(WTERMSIG(status_of(child)) == SIGINT);
}

/* Not reaped yet: the id is still its own, and nothing comes of it. */
static void check_ended(void) {
  pid_t child = fork();
  assert(child >= 0);
  if (child == 0) _exit(7);
  siginfo_t info;
  assert(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) == 0);
  assert(signal_program(child, SIGKILL));
  assert(WEXITSTATUS(status_of(child)) == 7);
  assert(!signal_program(child, SIGKILL));
}

int main(void) {
  assert(pipe(ready) == 0 && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0);
  check_group();
  check_without_its_group();
  check_ended();
  return puts("signals reach whom they should") < 0;
}
