/* Finds the files that patterns ask for. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "collection.h"
#include "shortlist.h"

#define LEFT_OUT_MOST 100u

struct search {
  const struct collection *asked;
  uint64_t deadline;
  /* The deadline passed before everything was seen. */
  bool late;
  struct shortlist found, left_out;
};

/*
 * Looks through the directory, in which nobody changes anything meanwhile, by descriptors alone. Never follows a link,
 * and opens nothing but directories. `asked` and `deadline` are given, the rest is answered.
 */
void search_below(struct search *search, int directory);
void search_leave_out(struct search *search, const char *path, enum left_out why);
