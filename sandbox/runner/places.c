#include "places.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "identity.h"
#include "mounts.h"
#include "outbox.h"
#include "protocol.h"
#include "wipe.h"

static const char *const PATHS[] = {BOX, "/tmp", "/dev/shm", "/dev/mqueue"};
#define PLACES (sizeof PATHS / sizeof *PATHS)

static struct place {
  int directory;
  struct statfs free;
} places[PLACES];

/* A place the runtime does not offer cannot be written to. */
static void open_place(struct place *place, const char *path) {
  place->directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (place->directory >= 0) fstatfs(place->directory, &place->free);
}

void places_open(void) {
  act_as_program();
  for (size_t i = 0; i < PLACES; i++) open_place(&places[i], PATHS[i]);
  act_as_runner();
}

static _Noreturn void give_up(const char *what, const char *path) {
  char message[256];
  snprintf(message, sizeof message, "%s %s: %s", what, path, strerror(errno));
  fatal(message);
}

static void check_mounts(void) {
  static bool checked;
  char other[128];
  if (checked) return;
  if (!mounts_are_known(PATHS, PLACES, other, sizeof other)) give_up("a place that is not emptied may be written to:", other);
  checked = true;
}

uint32_t places_wipe(uint64_t deadline) {
  uint32_t removed = 0;
  check_mounts();
  for (size_t i = 0; i < PLACES; i++)
    if (places[i].directory >= 0 && !wipe(places[i].directory, deadline, &removed)) give_up("cannot empty", PATHS[i]);
  return removed;
}

static bool is_empty(const struct place *place) {
  struct statfs free;
  if (place->directory < 0) return true;
  return fstatfs(place->directory, &free) == 0 && free.f_bfree == place->free.f_bfree &&
         free.f_ffree == place->free.f_ffree;
}

bool places_are_empty(void) {
  for (size_t i = 0; i < PLACES; i++)
    if (!is_empty(&places[i])) return false;
  return true;
}
