/* What a reset is proved by, read from plain files: one more process, mount or socket is a doubt. */
#define PROCESSES "/tmp/processes"
#define MOUNTS "/tmp/mounts"
#define NET "/tmp/net/"
#include <assert.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../census.c"
#include "../mounts.c"
#include "../sockets.c"

static void make(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void check_census(void) {
  assert(census() == 0);
  assert(mkdir(PROCESSES, 0755) == 0 && mkdir(PROCESSES "/1", 0755) == 0 && mkdir(PROCESSES "/sys", 0755) == 0);
  assert(census() == 1);
  assert(mkdir(PROCESSES "/4711", 0755) == 0);
  assert(census() == 2);
}

#define ROOT_MOUNT "1 0 0:1 / / ro,relatime - overlay overlay rw\n"
#define BOX_MOUNT "2 1 0:2 / /box rw,nosuid - tmpfs tmpfs rw\n"
#define KERNEL_MOUNTS "3 1 0:3 / /proc rw - proc proc rw\n4 1 0:4 /null /proc/keys rw - tmpfs tmpfs rw\n"

static bool mounts_known(const char *text, char *other) {
  static const char *const known[] = {"/box", "/tmp"};
  make(MOUNTS, text);
  return mounts_are_known(known, 2, other, 64);
}

static void check_mounts(void) {
  static const char *const none[] = {"/box"};
  char other[64];
  assert(!mounts_are_known(none, 1, other, sizeof other) && other[0] == 0);
  assert(mounts_known(ROOT_MOUNT BOX_MOUNT KERNEL_MOUNTS, other));
  assert(!mounts_known(ROOT_MOUNT BOX_MOUNT "5 1 0:5 / /data rw - ext4 disk rw\n", other) && strcmp(other, "/data") == 0);
  assert(!mounts_known(ROOT_MOUNT "6 1 0:6 / /process rw - tmpfs tmpfs rw\n", other));
  assert(!mounts_known("1 0 0:1 / / rw,relatime - overlay overlay rw\n", other) && strcmp(other, "/") == 0);
  assert(!mounts_known(ROOT_MOUNT "7 1 0:7 / /box/inner rw - tmpfs tmpfs rw\n", other));
  assert(!mounts_known("", other) && !mounts_known("cut\n", other));
}

#define QUIET "sockets: used 1\nTCP: inuse 0 orphan 5 tw 0 alloc 2 mem 337\nUDP: inuse 0 mem 0\n"

static void check_sockets(void) {
  sockets_open();
  assert(!sockets_are_gone());
  assert(mkdir(NET, 0755) == 0);
  make(NET "sockstat", QUIET);
  make(NET "sockstat6", "TCP6: inuse 0\n");
  sockets_open();
  assert(sockets_are_gone());
  make(NET "sockstat", "sockets: used 1\nTCP: inuse 0 orphan 9 tw 0 alloc 7 mem 9\nUDP: inuse 0 mem 4\n");
  assert(sockets_are_gone());
  make(NET "sockstat", "sockets: used 2\nTCP: inuse 0 orphan 5 tw 0 alloc 2 mem 337\nUDP: inuse 0 mem 0\n");
  assert(!sockets_are_gone());
  make(NET "sockstat", "sockets: used 1\nTCP: inuse 0 orphan 5 tw 1 alloc 2 mem 337\nUDP: inuse 0 mem 0\n");
  assert(!sockets_are_gone());
  make(NET "sockstat", QUIET);
  make(NET "sockstat6", "TCP6: inuse 1\n");
  assert(!sockets_are_gone());
}

static void check_late_sockets_of_the_runtime(void) {
  make(NET "sockstat", QUIET);
  make(NET "sockstat6", "TCP6: inuse 0\n");
  int table = open(NET "sockstat", O_WRONLY);
  pid_t kernel = fork();
  if (kernel == 0) {
    usleep(20000);
    _exit(pwrite(table, "0", 1, strlen("sockets: used ")) != 1);
  }
  sockets_open();
  assert(waitpid(kernel, NULL, 0) == kernel);
  assert(sockets_are_gone());
}

int main(void) {
  check_census();
  check_mounts();
  check_sockets();
  check_late_sockets_of_the_runtime();
  return puts("proofs are read") < 0;
}
