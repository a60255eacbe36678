#include "identity.h"

#include <unistd.h>

#include "outbox.h"
#include "protocol.h"

#define UNCHANGED ((uid_t) - 1)

static uid_t uid = RUN_UID_MIN;

uid_t run_uid(void) { return uid; }
void change_run_uid(uid_t next) { uid = next; }

void identity_open(void) {
  if (setresgid(UNCHANGED, RUN_GID, UNCHANGED) < 0) fatal("cannot take the group of programs");
}

void act_as_program(void) {
  if (setresuid(UNCHANGED, uid, UNCHANGED) < 0) fatal("cannot act as the run's uid");
}

void act_as_runner(void) {
  if (setresuid(UNCHANGED, 0, UNCHANGED) < 0) fatal("cannot act as the runner again");
}
