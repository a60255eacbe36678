/* Waiting for descriptors, time and ending children at once. */
#pragma once

#include <poll.h>
#include <stdint.h>

/* Children's ends interrupt wait_for from here on, and nothing else. */
void wakeups_open(void);
void wait_for(struct pollfd *fds, nfds_t count, uint64_t nanoseconds);
