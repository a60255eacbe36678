/* The entries of an open directory, read without allocating. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct listing {
  int directory;
  size_t at, size;
  char buffer[32u << 10] __attribute__((aligned(8)));
};

enum entry_type { ENTRY_DIRECTORY, ENTRY_OTHER };

/* From the beginning. False: it cannot be read. */
bool listing_begin(struct listing *listing, int directory);
/* The next name but `.` and `..`, valid until the next call; NULL at the end, with `failed` set where reading failed. */
const char *listing_next(struct listing *listing, enum entry_type *type, bool *failed);
