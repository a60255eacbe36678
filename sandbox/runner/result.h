/* The RESULT frame. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "protocol.h"

struct result {
  enum ending ending;
  uint32_t code;
  enum limit limit;
  uint64_t wall_us, cpu_us, user_us, memory_bytes;
  enum memory_source memory_source;
  uint32_t oom_kills, forks_refused;
  uint64_t stdout_sent, stderr_sent;
  bool stdout_truncated, stderr_truncated;
  /* The most that the container has ever used; 0: unknown. */
  uint64_t memory_ever;
  uint32_t processes_ever;
};

/* From the main process's wait status and the errno that kept it from being started, 0 if none did. */
void result_set_ending(struct result *result, int status, int failure);
void result_send(const struct result *result);
