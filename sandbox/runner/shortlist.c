#include "shortlist.h"

#include <string.h>

void shortlist_clear(struct shortlist *list, size_t most) {
  list->most = most;
  list->count = 0;
  list->seen = 0;
}

const struct entry *shortlist_at(const struct shortlist *list, size_t index) {
  return &list->entries[list->order[index]];
}

/* Of memory, no more is touched than the path is long. */
static void copy(struct entry *to, const struct entry *from) {
  to->size = from->size;
  to->why = from->why;
  strcpy(to->path, from->path);
}

static size_t place_of(const struct shortlist *list, const char *path) {
  size_t from = 0, to = list->count;
  while (from < to) {
    size_t middle = (from + to) / 2;
    if (strcmp(shortlist_at(list, middle)->path, path) <= 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

bool shortlist_add(struct shortlist *list, const struct entry *entry, struct entry *dropped) {
  size_t place = place_of(list, entry->path), slot = list->count;
  bool fits = list->count < list->most;
  list->seen++;
  if (!fits && place == list->count) return copy(dropped, entry), false;
  if (!fits) {
    slot = list->order[--list->count];
    copy(dropped, &list->entries[slot]);
  }
  memmove(list->order + place + 1, list->order + place, (list->count - place) * sizeof *list->order);
  list->order[place] = (uint16_t)slot;
  list->count++;
  copy(&list->entries[slot], entry);
  return fits;
}
