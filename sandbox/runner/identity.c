#include "identity.h"

#include <unistd.h>

#include "outbox.h"
#include "protocol.h"

#define UNCHANGED ((uid_t) - 1)

void act_as_program(void) {
  if (setresgid(UNCHANGED, RUN_UID, UNCHANGED) < 0 || setresuid(UNCHANGED, RUN_UID, UNCHANGED) < 0)
    fatal("cannot act as the run's uid");
}

void act_as_runner(void) {
  if (setresuid(UNCHANGED, 0, UNCHANGED) < 0 || setresgid(UNCHANGED, 0, UNCHANGED) < 0)
    fatal("cannot act as the runner again");
}
