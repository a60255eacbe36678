/* The container's own counters, cgroup v1 or v2. A counter this kernel or runtime does not offer reads as false. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* CPU in nanoseconds, memory in bytes. */
enum counter {
  CPU_ALL,
  CPU_USER,
  CPU_SYSTEM,
  MEMORY_USAGE,
  MEMORY_PEAK,
  MEMORY_LIMIT,
  OOM_KILLS,
  PIDS_REFUSED,
  PIDS_PEAK,
  COUNTERS
};

/* Once, before anything runs: the files are kept open. Where the hierarchies are mounted, and a /proc/<pid>/cgroup. */
void cgroup_open(const char *root, const char *membership);
bool cgroup_read(enum counter counter, uint64_t *value);
