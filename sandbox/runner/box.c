#include "box.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bytes.h"
#include "identity.h"
#include "outbox.h"
#include "protocol.h"

static int box = -1;
static int file = -1;
static size_t wanted;
static int problem;

/* Runtimes give a tmpfs the mode of what it covers, whatever was asked for. */
static bool share_box(void) {
  uid_t uid = run_uid();
  change_run_uid(BOX_OWNER);
  act_as_program();
  bool shared = chmod(BOX, 0770) == 0;
  act_as_runner();
  change_run_uid(uid);
  return shared;
}

void box_open(void) {
  umask(022);
  if (!share_box()) fatal("no " BOX);
  box = open(BOX, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (box < 0) fatal("no " BOX);
}

int box_directory(void) { return box; }
size_t box_file_wants(void) { return wanted; }
int box_problem(void) { return problem; }
void box_reset(void) { problem = 0; }

static bool segment_allowed(const char *segment) {
  return segment[0] != 0 && strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0;
}

static void check_name(const char *name, size_t length) {
  if (strlen(name) != length) fatal("NUL in a file name");
  char copy[NAME_BYTES + 1];
  memcpy(copy, name, length + 1);
  for (char *rest = copy, *segment; (segment = strsep(&rest, "/")) != NULL;)
    if (!segment_allowed(segment)) fatal("file name leads out of the box");
}

static int enter(int directory, const char *segment) {
  if (mkdirat(directory, segment, 0755) < 0 && errno != EEXIST) return -1;
  return openat(directory, segment, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int create(char *name, mode_t mode) {
  int directory = fcntl(box, F_DUPFD_CLOEXEC, 3);
  for (char *slash; directory >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
    *slash = 0;
    int inner = enter(directory, name), cause = errno;
    close(directory);
    errno = cause;
    directory = inner;
  }
  if (directory < 0) return -1;
  int created = openat(directory, name, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, mode), cause = errno;
  close(directory);
  errno = cause;
  return created;
}

static void note_problem(void) {
  if (problem == 0) problem = errno;
}

static void finish_when_complete(void) {
  if (wanted > 0 || file < 0) return;
  if (close(file) < 0) note_problem();
  file = -1;
}

void box_file(const uint8_t *payload, size_t length, mode_t mode) {
  char name[NAME_BYTES + 1];
  memcpy(name, payload + 4, length - 4);
  name[length - 4] = 0;
  check_name(name, length - 4);
  wanted = get_uint(payload, 4);
  act_as_program();
  file = create(name, mode);
  if (file < 0) note_problem();
  act_as_runner();
  finish_when_complete();
}

static void write_all(const uint8_t *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(file, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return note_problem();
    bytes += written;
    length -= (size_t)written;
  }
}

void box_file_data(const uint8_t *bytes, size_t length) {
  if (length > wanted) fatal("file data beyond its size");
  wanted -= length;
  if (file >= 0) write_all(bytes, length);
  finish_when_complete();
}
