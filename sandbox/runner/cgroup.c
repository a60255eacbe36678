#include "cgroup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef ROOT
#define ROOT "/sys/fs/cgroup/"
#endif

/* `key` NULL: the file is one number. `scale` turns the file's unit into the counter's. */
struct source {
  const char *path;
  const char *key;
  uint64_t scale;
};

#define PLACES 3

static const struct source SOURCES[COUNTERS][PLACES] = {
    [CPU_NANOSECONDS] = {{ROOT "cpu.stat", "usage_usec", 1000},
                         {ROOT "cpuacct/cpuacct.usage", NULL, 1},
                         {ROOT "cpu,cpuacct/cpuacct.usage", NULL, 1}},
    [MEMORY_USAGE] = {{ROOT "memory.current", NULL, 1}, {ROOT "memory/memory.usage_in_bytes", NULL, 1}},
    [MEMORY_PEAK] = {{ROOT "memory.peak", NULL, 1}, {ROOT "memory/memory.max_usage_in_bytes", NULL, 1}},
    [OOM_KILLS] = {{ROOT "memory.events", "oom_kill", 1}, {ROOT "memory/memory.oom_control", "oom_kill", 1}},
    [PIDS_REFUSED] = {{ROOT "pids.events", "max", 1}, {ROOT "pids/pids.events", "max", 1}},
};

static int files[COUNTERS];
static const struct source *chosen[COUNTERS];

static void open_counter(enum counter counter) {
  files[counter] = -1;
  for (int i = 0; i < PLACES && files[counter] < 0; i++) {
    chosen[counter] = &SOURCES[counter][i];
    if (chosen[counter]->path != NULL) files[counter] = open(chosen[counter]->path, O_RDONLY | O_CLOEXEC);
  }
}

void cgroup_open(void) {
  for (int counter = 0; counter < COUNTERS; counter++) open_counter((enum counter)counter);
}

/* The number after `key` at the beginning of a line. */
static const char *number_of(const char *text, const char *key) {
  size_t length = strlen(key);
  for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
    line += *line == '\n';
    if (strncmp(line, key, length) == 0 && line[length] == ' ') return line + length + 1;
  }
  return NULL;
}

bool cgroup_read(enum counter counter, uint64_t *value) {
  char text[1024];
  ssize_t size = pread(files[counter], text, sizeof text - 1, 0);
  if (size <= 0) return false;
  text[size] = 0;
  const struct source *source = chosen[counter];
  const char *number = source->key == NULL ? text : number_of(text, source->key);
  if (number == NULL) return false;
  *value = strtoull(number, NULL, 10) * source->scale;
  return true;
}
