#include "collect.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "box.h"
#include "bytes.h"
#include "clock.h"
#include "collection.h"
#include "identity.h"
#include "outbox.h"
#include "protocol.h"
#include "reaper.h"
#include "require.h"
#include "search.h"

#define SEARCH_NS 1000000000u

struct sent {
  uint32_t files;
  uint64_t bytes;
};

static void say(uint8_t type, uint64_t number, size_t width, const char *path) {
  uint8_t payload[8 + PATH_BYTES];
  size_t length = strlen(path);
  memcpy(put_uint(payload, width, number), path, length);
  outbox_add(type, payload, width + length);
}

/* Without following a link on the way, and without waiting for whoever would write into a FIFO. */
static int open_below(int root, const char *path) {
  char names[PATH_BYTES], *name = names;
  int directory = fcntl(root, F_DUPFD_CLOEXEC, 3);
  strcpy(names, path);
  for (char *slash; directory >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
    *slash = 0;
    int inner = openat(directory, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    close(directory);
    directory = inner;
  }
  if (directory < 0) return -1;
  int file = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  close(directory);
  return file;
}

static void check_unchanged(int file, const struct entry *entry) {
  struct stat facts;
  if (fstat(file, &facts) < 0 || !S_ISREG(facts.st_mode) || facts.st_nlink != 1 || (uint64_t)facts.st_size != entry->size)
    fatal("a file changed while it was collected");
}

static void send_bytes(int file, uint64_t left) {
  while (left > 0) {
    if (!outbox_has_room()) outbox_drain();
    ssize_t got = read(file, outbox_payload(), left < DATA_BYTES ? left : DATA_BYTES);
    if (got <= 0) fatal("a file cannot be read to its end");
    outbox_commit(FILE_BYTES, (size_t)got);
    left -= (uint64_t)got;
  }
}

static void send_file(int root, struct search *search, const struct entry *entry, struct sent *sent) {
  uint64_t most = search->asked->file_bytes, kept = entry->size < most ? entry->size : most;
  if (kept > search->asked->total_bytes - sent->bytes) return search_leave_out(search, entry->path, NO_ROOM);
  int file = open_below(root, entry->path);
  if (file < 0) return search_leave_out(search, entry->path, NOT_READABLE);
  check_unchanged(file, entry);
  say(FILE_FOUND, entry->size, 8, entry->path);
  send_bytes(file, kept);
  close(file);
  sent->files++;
  sent->bytes += kept;
}

static void say_collected(const struct search *search, const struct sent *sent) {
  uint8_t payload[17], *at = payload;
  at = put_uint(at, 4, sent->files);
  at = put_uint(at, 8, sent->bytes);
  at = put_uint(at, 4, search->left_out.seen);
  put_uint(at, 1, search->late);
  outbox_add(COLLECTED, payload, sizeof payload);
  outbox_drain();
}

static void send_all(struct search *search, int root) {
  struct sent sent = {0};
  for (size_t i = 0; i < search->found.count; i++) send_file(root, search, shortlist_at(&search->found, i), &sent);
  for (size_t i = 0; i < search->left_out.count; i++) {
    const struct entry *entry = shortlist_at(&search->left_out, i);
    say(FILE_LEFT_OUT, entry->why, 1, entry->path);
  }
  say_collected(search, &sent);
}

void collect(const uint8_t *payload, size_t length) {
  static uint8_t copy[COLLECT_BYTES];
  static struct collection asked;
  static struct search search;
  memcpy(copy, payload, length);
  if (!collection_parse(copy, length, &asked)) fatal("malformed collection");
  kill_everything(&(struct reaped){0});
  require(is_alone, "a process is left");
  act_as_program();
  int root = openat(box_directory(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (root < 0) fatal("the box cannot be read");
  search.asked = &asked;
  search.deadline = now() + SEARCH_NS;
  search_below(&search, root);
  send_all(&search, root);
  close(root);
  act_as_runner();
}
