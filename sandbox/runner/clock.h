#pragma once

#include <stdint.h>
#include <time.h>

static inline uint64_t nanoseconds(clockid_t clock) {
  struct timespec at = {0};
  clock_gettime(clock, &at);
  return (uint64_t)at.tv_sec * 1000000000u + (uint64_t)at.tv_nsec;
}

static inline uint64_t now(void) { return nanoseconds(CLOCK_MONOTONIC); }
