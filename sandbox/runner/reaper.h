/* Reaps and kills whatever runs in the container. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct reaped {
  pid_t main;
  bool main_ended;
  int status;
  /* Largest resident set of any process reaped. */
  uint64_t peak_bytes;
};

/* Reaps all that ended; false when no child is left. */
bool reap(struct reaped *reaped);
/* Kills and reaps every process but the runner. Returns only when none is left. */
void kill_everything(struct reaped *reaped);
