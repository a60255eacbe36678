#include "listing.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

bool listing_begin(struct listing *listing, int directory) {
  listing->directory = directory;
  listing->at = listing->size = 0;
  return lseek(directory, 0, SEEK_SET) == 0;
}

static bool fill(struct listing *listing) {
  long got = syscall(SYS_getdents64, listing->directory, listing->buffer, sizeof listing->buffer);
  listing->at = 0;
  listing->size = got > 0 ? (size_t)got : 0;
  return got >= 0;
}

static bool is_itself_or_above(const char *name) { return strcmp(name, ".") == 0 || strcmp(name, "..") == 0; }

static enum entry_type type_of(const struct listing *listing, const struct dirent64 *entry) {
  struct stat facts;
  if (entry->d_type != DT_UNKNOWN) return entry->d_type == DT_DIR ? ENTRY_DIRECTORY : ENTRY_OTHER;
  bool known = fstatat(listing->directory, entry->d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0;
  return known && S_ISDIR(facts.st_mode) ? ENTRY_DIRECTORY : ENTRY_OTHER;
}

const char *listing_next(struct listing *listing, enum entry_type *type, bool *failed) {
  for (;;) {
    if (listing->at == listing->size) {
      *failed = !fill(listing);
      if (listing->size == 0) return NULL;
    }
    const struct dirent64 *entry = (const struct dirent64 *)(listing->buffer + listing->at);
    listing->at += entry->d_reclen;
    if (is_itself_or_above(entry->d_name)) continue;
    *type = type_of(listing, entry);
    return entry->d_name;
  }
}
