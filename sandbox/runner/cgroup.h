/* The container's own counters, cgroup v1 or v2. A counter this kernel or runtime does not offer reads as false. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum counter { CPU_NANOSECONDS, MEMORY_USAGE, MEMORY_PEAK, OOM_KILLS, PIDS_REFUSED, COUNTERS };

/* Once, before anything runs: the files are kept open. */
void cgroup_open(void);
bool cgroup_read(enum counter counter, uint64_t *value);
