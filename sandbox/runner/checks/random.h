/* The same numbers each time: what is found is found again. */
#pragma once

#include <stdint.h>

static uint64_t random_state = 88172645463325252u;

static uint64_t random_below(uint64_t bound) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state % bound;
}
