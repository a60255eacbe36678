/* The first of any number of paths, in order, in room that does not grow. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHORTLIST_MOST 256u
#define PATH_BYTES 1024u

/* Why a file is left out; the numbers of PROTOCOL.md. */
enum left_out { TAKEN, TOO_MANY = 2, NO_ROOM, NOT_REGULAR, LINKED, NOT_READABLE, TOO_DEEP };

struct entry {
  uint64_t size;
  enum left_out why;
  char path[PATH_BYTES];
};

struct shortlist {
  size_t most, count;
  /* How many there were in all. */
  uint32_t seen;
  uint16_t order[SHORTLIST_MOST];
  struct entry entries[SHORTLIST_MOST];
};

void shortlist_clear(struct shortlist *list, size_t most);
/* False where there is no room for all of them: `dropped` is the last, which may be the entry itself. */
bool shortlist_add(struct shortlist *list, const struct entry *entry, struct entry *dropped);
/* In the order of their bytes. */
const struct entry *shortlist_at(const struct shortlist *list, size_t index);
