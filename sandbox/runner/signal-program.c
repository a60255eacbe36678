#include "signal-program.h"

#include <errno.h>
#include <signal.h>

bool signal_program(pid_t program, int signal) {
  if (kill(-program, signal) == 0) return true;
  /* It may have left its group, which is gone then. */
  return errno == ESRCH && kill(program, signal) == 0;
}
