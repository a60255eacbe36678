/* Finds files in trees as odd as a program can make them, in order, within its bounds. Run as root. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../bytes.h"
#include "../clock.h"
#include "../search.h"

#define TREE "/tmp/search-tree"
#define OWNER 60000
#define MANY 5000

static struct collection asked;
static struct search found;
static int tree;

static void make_file(const char *path, size_t size) {
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0600);
  assert(file >= 0 && ftruncate(file, (off_t)size) == 0 && close(file) == 0);
}

static void search_for(const char *pattern, uint32_t files, uint64_t deadline) {
  static uint8_t payload[COLLECT_BYTES];
  uint8_t *at = put_uint(payload, 4, files);
  at = put_uint(put_uint(at, 8, 100), 8, 1000);
  strcpy((char *)at, pattern);
  assert(collection_parse(payload, 20 + strlen(pattern) + 1, &asked));
  found.asked = &asked;
  found.deadline = deadline;
  search_below(&found, tree);
}

static void look_for(const char *pattern) { search_for(pattern, SHORTLIST_MOST, now() + 60000000000u); }

static void expect_found(const char *path, size_t index) {
  assert(index < found.found.count && strcmp(shortlist_at(&found.found, index)->path, path) == 0);
}

static void expect_left_out(const char *path, enum left_out why) {
  for (size_t i = 0; i < found.left_out.count; i++) {
    const struct entry *entry = shortlist_at(&found.left_out, i);
    if (strcmp(entry->path, path) == 0 && entry->why == why) return;
  }
  assert(!"left out as expected");
}

static void check_kinds(void) {
  assert(mkdir("kinds", 0700) == 0 && mkdir("kinds/sub", 0700) == 0 && mkdir("kinds/.hidden", 0700) == 0);
  make_file("kinds/b", 100);
  make_file("kinds/a", 0);
  make_file("kinds/large", 101);
  make_file("kinds/sub/c", 1);
  make_file("kinds/.hidden/d", 1);
  make_file("kinds/one", 1);
  assert(link("kinds/one", "kinds/two") == 0 && symlink("a", "kinds/link") == 0 && mkfifo("kinds/pipe", 0600) == 0);
  assert(symlink("sub", "kinds/way") == 0 && symlink("/", "kinds/root") == 0 && mkdir("kinds/closed", 0) == 0);
  look_for("kinds/**");
  assert(found.found.count == 4 && !found.late && found.left_out.seen == 7);
  expect_found("kinds/a", 0);
  expect_found("kinds/b", 1);
  expect_found("kinds/large", 2);
  expect_found("kinds/sub/c", 3);
  expect_left_out("kinds/one", LINKED);
  expect_left_out("kinds/two", LINKED);
  expect_left_out("kinds/link", NOT_REGULAR);
  expect_left_out("kinds/pipe", NOT_REGULAR);
  expect_left_out("kinds/way", NOT_REGULAR);
  expect_left_out("kinds/root", NOT_REGULAR);
  expect_left_out("kinds/closed", NOT_READABLE);
  look_for("kinds/*");
  assert(found.found.count == 3);
  expect_left_out("kinds/sub", NOT_REGULAR);
  look_for("kinds/way/c");
  assert(found.found.count == 0 && found.left_out.seen == 0);
}

static void check_depth(void) {
  char name[201];
  memset(name, 'n', 200);
  name[200] = 0;
  assert(mkdir("deep", 0700) == 0 && chdir("deep") == 0);
  for (int level = 0; level < 40; level++) {
    make_file("file", 1);
    assert(mkdir("d", 0700) == 0 && chdir("d") == 0);
  }
  assert(chdir(TREE) == 0 && mkdir("long", 0700) == 0 && chdir("long") == 0);
  for (int level = 0; level < 8; level++) assert(mkdir(name, 0700) == 0 && chdir(name) == 0);
  assert(chdir(TREE) == 0);
  look_for("deep/**/file");
  assert(found.found.count == 15 && found.left_out.seen == 1);
  assert(shortlist_at(&found.left_out, 0)->why == TOO_DEEP);
  look_for("long/**");
  assert(found.found.count == 0 && found.left_out.seen == 1);
  assert(shortlist_at(&found.left_out, 0)->why == TOO_DEEP);
}

/* Whatever order they are read in. */
static void check_many(void) {
  char path[32];
  assert(mkdir("many", 0700) == 0);
  for (int i = 0; i < MANY; i++) {
    snprintf(path, sizeof path, "many/%04d", i * 7919 % MANY);
    make_file(path, 1);
  }
  search_for("many/*", 3, now() + 60000000000u);
  assert(found.found.count == 3 && found.left_out.seen == MANY - 3 && found.left_out.count == LEFT_OUT_MOST);
  for (size_t i = 0; i < 3 + LEFT_OUT_MOST; i++) {
    snprintf(path, sizeof path, "many/%04zu", i);
    if (i < 3) expect_found(path, i);
    else assert(strcmp(shortlist_at(&found.left_out, i - 3)->path, path) == 0);
  }
  search_for("many/*", 3, now() - 1);
  assert(found.late && found.found.count == 0);
}

int main(void) {
  assert(mkdir(TREE, 0700) == 0 && chown(TREE, OWNER, OWNER) == 0);
  assert(setegid(OWNER) == 0 && seteuid(OWNER) == 0 && chdir(TREE) == 0);
  tree = open(TREE, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  assert(tree >= 0);
  check_kinds();
  check_depth();
  check_many();
  return puts("files are found") < 0;
}
