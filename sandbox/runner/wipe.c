#include "wipe.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "clock.h"
#include "listing.h"

#define NAME_TRIES 1000000u

struct wipe {
  int root;
  uint64_t deadline;
  uint32_t *removed;
  unsigned moved;
};

static bool in_time(const struct wipe *wipe) {
  if (now() <= wipe->deadline) return true;
  errno = ETIME;
  return false;
}

static bool unlinked(struct wipe *wipe, int directory, const char *name, int flags) {
  if (unlinkat(directory, name, flags) < 0) return false;
  *wipe->removed += 1;
  return true;
}

/* Under a name nobody has taken: whoever took many has many entries, so the search costs no more than they do. */
static bool move_up(struct wipe *wipe, int directory, const char *name) {
  char fresh[16];
  for (unsigned tries = 0; tries < NAME_TRIES && in_time(wipe); tries++) {
    snprintf(fresh, sizeof fresh, "%u", wipe->moved++);
    if (renameat2(directory, name, wipe->root, fresh, RENAME_NOREPLACE) == 0) return true;
    if (errno != EEXIST) return false;
  }
  return false;
}

static bool is_full(int cause) { return cause == ENOTEMPTY || cause == EEXIST; }

/* An empty directory is removed, another moved up. Its mode is its owner's to set, so no mode can lock it. */
static bool remove_inner(struct wipe *wipe, int directory, const char *name) {
  if (fchmodat(directory, name, 0700, 0) < 0) return false;
  return unlinked(wipe, directory, name, AT_REMOVEDIR) || (is_full(errno) && move_up(wipe, directory, name));
}

/* How a directory found inside of another goes. */
typedef bool remove_directory(struct wipe *wipe, int directory, const char *name);

/* One pass may miss entries where removing disturbs reading: `found` tells whether another is due. */
static bool empty_once(struct wipe *wipe, int directory, remove_directory *removal, bool *found) {
  struct listing listing;
  bool failed = false;
  enum entry_type type;
  *found = false;
  if (!listing_begin(&listing, directory)) return false;
  for (const char *name; (name = listing_next(&listing, &type, &failed)) != NULL; *found = true) {
    if (!in_time(wipe)) return false;
    bool gone = type == ENTRY_DIRECTORY ? removal(wipe, directory, name) : unlinked(wipe, directory, name, 0);
    if (!gone) return false;
  }
  return !failed;
}

static bool empty(struct wipe *wipe, int directory, remove_directory *removal) {
  bool found = true, sound = true;
  while (sound && found) sound = empty_once(wipe, directory, removal, &found);
  return sound;
}

static bool flatten(struct wipe *wipe, const char *name) {
  int directory = openat(wipe->root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (directory < 0) return false;
  bool sound = empty(wipe, directory, remove_inner);
  int cause = errno;
  close(directory);
  errno = cause;
  return sound;
}

static bool remove_top(struct wipe *wipe, int root, const char *name) {
  if (fchmodat(root, name, 0700, 0) < 0) return false;
  if (unlinked(wipe, root, name, AT_REMOVEDIR)) return true;
  return is_full(errno) && flatten(wipe, name) && unlinked(wipe, root, name, AT_REMOVEDIR);
}

/* A directory that a program may write to carries what the program notes on it. */
static bool unmark(int root) {
  char names[64u << 10];
  ssize_t size = flistxattr(root, names, sizeof names);
  if (size < 0) return errno == ENOTSUP;
  for (const char *name = names; name < names + size; name += strlen(name) + 1)
    if (strncmp(name, "user.", 5) == 0 && fremovexattr(root, name) < 0) return false;
  return true;
}

bool wipe(int root, uint64_t deadline, uint32_t *removed) {
  struct wipe wipe = {.root = root, .deadline = deadline, .removed = removed};
  return empty(&wipe, root, remove_top) && unmark(root);
}
