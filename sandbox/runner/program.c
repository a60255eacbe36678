#include "program.h"

#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "box.h"
#include "identity.h"
#include "oom-score.h"

#define OPEN_FILES 1024
/* Under a fork bomb the runner must still get its turn; programs compete with nobody else in their container. */
#define NICENESS 10

/* Those the runner waits for or ignores; a handler of its own does not outlive the exec. */
static void reset_signals(void) {
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static int limit(int resource, rlim_t value) {
  struct rlimit current;
  if (getrlimit(resource, &current) < 0) return -1;
  if (value > current.rlim_max) value = current.rlim_max;
  return setrlimit(resource, &(struct rlimit){value, value});
}

/* RLIMIT_CPU counts one process in whole seconds: a belt for the runner's own, exact limit over all of them. */
static int set_limits(const struct phase *phase) {
  return limit(RLIMIT_CORE, 0) | limit(RLIMIT_NOFILE, OPEN_FILES) | limit(RLIMIT_FSIZE, phase->file_bytes) |
         limit(RLIMIT_STACK, phase->stack_bytes) | limit(RLIMIT_CPU, phase->cpu_ms / 1000 + 2);
}

static int drop_privileges(void) {
  uid_t uid = run_uid();
  if (setgroups(0, NULL) < 0 || setresgid(RUN_GID, RUN_GID, RUN_GID) < 0 || setresuid(uid, uid, uid) < 0) return -1;
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {0};
  if (syscall(SYS_capset, &header, none) < 0) return -1;
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static int take_streams(const int streams[3]) {
  for (int i = 0; i < 3; i++)
    if (dup2(streams[i], i) < 0) return -1;
  return 0;
}

static const char *search_path(char *const envp[]) {
  for (; *envp != NULL; envp++)
    if (strncmp(*envp, "PATH=", 5) == 0) return *envp + 5;
  return "/usr/local/bin:/usr/bin:/bin";
}

/* Unlike execvp: looks in the program's own PATH, and never hands a file without a known format to a shell. */
static void exec_on_path(const struct phase *phase) {
  int cause = ENOENT;
  char candidate[4096];
  const char *next = search_path(phase->envp);
  while (next != NULL) {
    const char *colon = strchrnul(next, ':');
    int length = snprintf(candidate, sizeof candidate, "%.*s/%s", (int)(colon - next), next, phase->argv[0]);
    if (length < (int)sizeof candidate) execve(candidate, phase->argv, phase->envp);
    if (errno != ENOENT && errno != ENOTDIR) cause = errno;
    next = *colon == ':' ? colon + 1 : NULL;
  }
  errno = cause;
}

static void exec_program(const struct phase *phase) {
  if (strchr(phase->argv[0], '/') == NULL) return exec_on_path(phase);
  execve(phase->argv[0], phase->argv, phase->envp);
}

void become_program(const struct phase *phase, const int streams[3], int failure) {
  reset_signals();
  set_oom_score(FIRST_TO_GO);
  setpriority(PRIO_PROCESS, 0, NICENESS);
  /* No session of its own: for each the kernel makes a group to schedule, which a short program feels. */
  if (setpgid(0, 0) == 0 && take_streams(streams) == 0 && set_limits(phase) == 0 && drop_privileges() == 0 &&
      fchdir(box_directory()) == 0)
    exec_program(phase);
  int cause = errno;
  ssize_t told = write(failure, &cause, sizeof cause);
  _exit(told == sizeof cause ? 127 : 126);
}
