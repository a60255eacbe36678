/* What a COLLECT frame asks for. Pure: no I/O. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "glob.h"

#define PATTERNS_MOST 16u
#define COLLECT_BYTES (20u + PATTERNS_MOST * (PATTERN_BYTES + 1u))

struct collection {
  uint32_t files;
  uint64_t file_bytes, total_bytes;
  size_t count;
  struct pattern patterns[PATTERNS_MOST];
};

/* The patterns point into `payload`, which must outlive them. False: malformed. */
bool collection_parse(uint8_t *payload, size_t length, struct collection *collection);
