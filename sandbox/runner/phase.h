/* What a PHASE frame asks for. Pure: no I/O. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "protocol.h"

struct phase {
  uint32_t wall_ms;
  uint32_t cpu_ms;
  uint64_t output_bytes;
  uint64_t file_bytes;
  uint64_t stack_bytes;
  char *argv[ARGC_MAX + 1];
  char *envp[ENVC_MAX + 1];
};

/* The phase's strings point into `payload`, which must outlive it. False: malformed. */
bool phase_parse(uint8_t *payload, size_t length, struct phase *phase);
