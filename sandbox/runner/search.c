#include "search.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "listing.h"

#define DEPTH 16

/* A directory on the way down: what of the path leads to it, and how far that brings each pattern. */
struct place {
  struct search *search;
  int directory;
  unsigned depth;
  size_t length;
  progress at[PATTERNS_MOST];
};

/* One at a time is looked through: its path, and the directories above with their own listings. */
static char path[PATH_BYTES];
static struct listing listings[DEPTH];

void search_leave_out(struct search *search, const char *which, enum left_out why) {
  struct entry entry = {.why = why}, dropped;
  strcpy(entry.path, which[0] == 0 ? "." : which);
  shortlist_add(&search->left_out, &entry, &dropped);
}

static void leave_out_here(const struct place *place, enum left_out why) {
  path[place->length] = 0;
  search_leave_out(place->search, path, why);
}

static enum left_out judge(const struct stat *facts) {
  if (!S_ISREG(facts->st_mode)) return NOT_REGULAR;
  return facts->st_nlink == 1 ? TAKEN : LINKED;
}

static void take_file(const struct place *place, const char *name) {
  struct stat facts;
  struct search *search = place->search;
  if (fstatat(place->directory, name, &facts, AT_SYMLINK_NOFOLLOW) < 0) return search_leave_out(search, path, NOT_READABLE);
  struct entry entry = {.size = (uint64_t)facts.st_size, .why = judge(&facts)}, dropped;
  if (entry.why != TAKEN) return search_leave_out(search, path, entry.why);
  strcpy(entry.path, path);
  if (!shortlist_add(&search->found, &entry, &dropped)) search_leave_out(search, dropped.path, TOO_MANY);
}

static void look_through(struct place *place);

static void go_down(const struct place *above, const char *name, struct place *below) {
  if (below->depth == DEPTH) return search_leave_out(above->search, path, TOO_DEEP);
  below->directory = openat(above->directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (below->directory < 0) return search_leave_out(above->search, path, NOT_READABLE);
  look_through(below);
  close(below->directory);
}

/* Whether some pattern is met by a name, may be met below it, and is met and leads no further. */
struct meeting {
  bool is_met, goes_on, ends;
};

static struct meeting step(const struct place *above, const char *name, struct place *below) {
  const struct collection *asked = above->search->asked;
  struct meeting meeting = {0};
  for (size_t i = 0; i < asked->count; i++) {
    below->at[i] = pattern_step(&asked->patterns[i], above->at[i], name);
    bool is_met = pattern_is_met(&asked->patterns[i], below->at[i]);
    bool goes_on = pattern_goes_on(&asked->patterns[i], below->at[i]);
    meeting.is_met |= is_met;
    meeting.goes_on |= goes_on;
    meeting.ends |= is_met && !goes_on;
  }
  return meeting;
}

static bool extend_path(const struct place *place, const char *name) {
  size_t start = place->length == 0 ? 0 : place->length + 1, size = strlen(name);
  if (start + size >= PATH_BYTES) return false;
  if (start > 0) path[place->length] = '/';
  memcpy(path + start, name, size + 1);
  return true;
}

static void look_at(const struct place *place, const char *name, enum entry_type type) {
  struct place below = {.search = place->search, .depth = place->depth + 1};
  struct meeting meeting = step(place, name, &below);
  if (!meeting.is_met && !meeting.goes_on) return;
  if (!extend_path(place, name)) return leave_out_here(place, TOO_DEEP);
  below.length = strlen(path);
  if (type == ENTRY_OTHER && meeting.is_met) take_file(place, name);
  if (type == ENTRY_DIRECTORY && meeting.ends) search_leave_out(place->search, path, NOT_REGULAR);
  if (type == ENTRY_DIRECTORY && meeting.goes_on) go_down(place, name, &below);
}

static void look_through(struct place *place) {
  struct search *search = place->search;
  struct listing *listing = &listings[place->depth];
  bool failed = false;
  enum entry_type type;
  if (!listing_begin(listing, place->directory)) return leave_out_here(place, NOT_READABLE);
  for (const char *name; (name = listing_next(listing, &type, &failed)) != NULL;) {
    search->late |= now() > search->deadline;
    if (search->late) return;
    look_at(place, name, type);
  }
  if (failed) leave_out_here(place, NOT_READABLE);
}

void search_below(struct search *search, int directory) {
  struct place root = {.search = search, .directory = directory};
  search->late = false;
  shortlist_clear(&search->found, search->asked->files);
  shortlist_clear(&search->left_out, LEFT_OUT_MOST);
  for (size_t i = 0; i < search->asked->count; i++) root.at[i] = pattern_begin(&search->asked->patterns[i]);
  look_through(&root);
}
