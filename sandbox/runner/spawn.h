/* Starts the program: unprivileged, in a process group of its own, with three pipes and nothing else. */
#pragma once

#include <sys/types.h>

#include "phase.h"

struct child {
  pid_t pid;
  /* The runner's ends, non-blocking. */
  int in, out, err;
  /* Holds an errno once the program could not be started. */
  int failure;
};

/* 0, or the errno that kept the process from being made. */
int spawn(const struct phase *phase, struct child *child);
/* errno of an exec that failed; 0 when the program was started. Closes `failure`. Once the child has ended. */
int spawn_failure(struct child *child);
