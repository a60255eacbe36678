#include "wakeups.h"

#include <errno.h>
#include <signal.h>
#include <time.h>

#include "outbox.h"

static sigset_t awake;

static void on_child(int signal) { (void)signal; }

/* Whatever was ignored where the runner was started would stay so in every program. */
void wakeups_open(void) {
  for (int number = 1; number < _NSIG; number++) signal(number, SIG_DFL);
  signal(SIGPIPE, SIG_IGN);
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = on_child}, NULL);
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, &awake);
  sigdelset(&awake, SIGCHLD);
}

void wait_for(struct pollfd *fds, nfds_t count, uint64_t nanoseconds) {
  struct timespec timeout = {(time_t)(nanoseconds / 1000000000u), (long)(nanoseconds % 1000000000u)};
  if (ppoll(fds, count, &timeout, &awake) >= 0) return;
  if (errno != EINTR) fatal("poll failed");
  for (nfds_t i = 0; i < count; i++) fds[i].revents = 0;
}
