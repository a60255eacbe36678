#include "reaper.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "clock.h"
#include "outbox.h"
#include "wakeups.h"

#define PATIENCE_NS 5000000000u

bool reap(struct reaped *reaped) {
  int status;
  struct rusage usage;
  pid_t pid;
  while ((pid = wait4(-1, &status, WNOHANG, &usage)) > 0) {
    uint64_t resident = (uint64_t)usage.ru_maxrss << 10;
    if (resident > reaped->peak_bytes) reaped->peak_bytes = resident;
    if (pid != reaped->main) continue;
    reaped->main_ended = true;
    reaped->status = status;
  }
  return pid == 0;
}

/* The kernel makes kill(-1) and fork exclude each other: one pass misses nobody. The loop waits for the dying. */
void kill_everything(struct reaped *reaped) {
  uint64_t deadline = now() + PATIENCE_NS;
  do {
    kill(-1, SIGKILL);
    if (!reap(reaped)) return;
    wait_for(NULL, 0, 10 * 1000000u);
  } while (now() < deadline);
  fatal("a process cannot be killed");
}
