/* Empties trees made to resist, as whom they belong to, and gives up where it must. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../clock.h"
#include "../wipe.h"

#define TREE "/tmp/tree"
#define OUTSIDE "/tmp/outside"
#define OWNER 60000
#define DEPTH 1500

static uint64_t in_a_minute(void) { return now() + 60000000000u; }

static void make_file(const char *path) {
  int file = open(path, O_CREAT | O_EXCL | O_WRONLY, 0400);
  assert(file >= 0 && close(file) == 0);
}

static bool is_empty(const char *path) {
  DIR *directory = opendir(path);
  int entries = 0;
  assert(directory != NULL);
  while (readdir(directory) != NULL) entries++;
  closedir(directory);
  return entries == 2;
}

static uint32_t grow_deep(void) {
  char name[256];
  memset(name, 'd', 255);
  name[255] = 0;
  for (int level = 0; level < DEPTH; level++) assert(mkdir(name, 0700) == 0 && chdir(name) == 0);
  make_file("deepest");
  assert(chdir(TREE) == 0);
  return DEPTH + 1;
}

/* Named as what is moved up would be. */
static uint32_t grow_wide(void) {
  uint32_t made = 0;
  char path[64];
  for (int outer = 0; outer < 40; outer++)
    for (int inner = -1; inner < 5; inner++, made++) {
      snprintf(path, sizeof path, inner < 0 ? "%d" : "%d/%d", outer, inner);
      assert(mkdir(path, 0700) == 0);
    }
  for (int outer = 0; outer < 40; outer++, made++) {
    snprintf(path, sizeof path, "%d/0/file", outer);
    make_file(path);
  }
  return made;
}

static uint32_t grow_odd(void) {
  assert(mkdir("odd", 0700) == 0 && mkdir("odd/inner", 0700) == 0 && mkdir("odd/inner/most", 0700) == 0);
  make_file("odd/inner/most/file");
  make_file("-rf");
  make_file("two\nlines");
  assert(symlink(OUTSIDE, "out") == 0 && symlink(OUTSIDE, "odd/inner/out") == 0 && symlink("loop", "loop") == 0);
  assert(mkfifo("fifo", 0) == 0 && link("odd/inner/most/file", "hard") == 0);
  assert(chmod("odd/inner/most", 07000) == 0 && chmod("odd/inner", 01000) == 0 && chmod("odd", 0) == 0);
  return 11;
}

static void check_removal(int tree) {
  uint32_t removed = 0, made = grow_deep() + grow_wide() + grow_odd();
  assert(wipe(tree, in_a_minute(), &removed) && removed == made && is_empty(TREE));
  assert(access(OUTSIDE "/file", F_OK) == 0);
  assert(wipe(tree, in_a_minute(), &removed) && removed == made);
}

static void check_refusal(int tree) {
  uint32_t removed = 0;
  make_file("late");
  assert(!wipe(tree, now() - 1, &removed) && errno == ETIME && removed == 0);
  assert(wipe(tree, in_a_minute(), &removed) && removed == 1);
  assert(seteuid(0) == 0 && mkdir("foreign", 0755) == 0);
  make_file("foreign/file");
  assert(seteuid(OWNER) == 0);
  assert(!wipe(tree, in_a_minute(), &removed) && errno == EPERM && access("foreign/file", F_OK) == 0);
}

int main(void) {
  assert(mkdir(OUTSIDE, 0755) == 0 && mkdir(TREE, 0700) == 0 && chown(TREE, OWNER, OWNER) == 0);
  make_file(OUTSIDE "/file");
  assert(setegid(OWNER) == 0 && seteuid(OWNER) == 0 && chdir(TREE) == 0);
  int tree = open(TREE, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  assert(tree >= 0);
  check_removal(tree);
  check_refusal(tree);
  return puts("trees are removed") < 0;
}
