#include "signal-program.h"

#include <errno.h>
#include <signal.h>

bool signal_program(pid_t program, int signal) {
  if (kill(-program, signal) == 0) return true;
  /* Between its fork and its setsid the child leads no group yet. */
  return errno == ESRCH && kill(program, signal) == 0;
}
