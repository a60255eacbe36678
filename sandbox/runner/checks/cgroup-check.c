/* Reads a cgroup v2 hierarchy made of plain files, with one counter missing. */
#define ROOT "/tmp/cgroup/"
#include "../cgroup.c"

#include <assert.h>
#include <stdio.h>
#include <sys/stat.h>

static void make(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static uint64_t value_of(enum counter counter) {
  uint64_t value = 0;
  assert(cgroup_read(counter, &value));
  return value;
}

int main(void) {
  mkdir(ROOT, 0755);
  make(ROOT "cpu.stat", "user_usec 5\nusage_usec 1234\nsystem_usec 6\n");
  make(ROOT "memory.current", "4096\n");
  make(ROOT "memory.events", "low 0\noom 9\noom_kill_disable 8\noom_kill 2\noom_group_kill 7\n");
  make(ROOT "pids.events", "max 3\n");
  cgroup_open();
  uint64_t missing;
  assert(value_of(CPU_NANOSECONDS) == 1234000 && value_of(MEMORY_USAGE) == 4096);
  assert(value_of(OOM_KILLS) == 2 && value_of(PIDS_REFUSED) == 3);
  assert(!cgroup_read(MEMORY_PEAK, &missing));
  return puts("counters are read") < 0;
}
