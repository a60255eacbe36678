/* Patterns of paths: `*` and `?` within a name, `**` for any number of names. Pure: no I/O, no allocation. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PATTERN_BYTES 256u
#define PATTERN_NAMES 16u

struct pattern {
  size_t count;
  const char *names[PATTERN_NAMES + 1];
};

/* Which names of a pattern may come next after a part of a path; the bit behind the last: it is met as a whole. */
typedef uint32_t progress;

/* Cuts `text` into its names; the pattern points into it. False: no pattern. */
bool pattern_parse(char *text, struct pattern *pattern);
progress pattern_begin(const struct pattern *pattern);
/* One name further down. At most as many steps as both have bytes, times each other. */
progress pattern_step(const struct pattern *pattern, progress at, const char *name);
bool pattern_is_met(const struct pattern *pattern, progress at);
/* Something below may still meet it. */
bool pattern_goes_on(const struct pattern *pattern, progress at);
