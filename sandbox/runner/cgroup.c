#include "cgroup.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cgroup-place.h"

enum version { V1, V2, VERSIONS };

/* `key` NULL: the file is one number. `scale` turns the file's unit into the counter's. */
struct source {
  enum version version;
  const char *path;
  const char *key;
  uint64_t scale;
};

#define PLACES 3
/* The unit of times the kernel shows, on every architecture we build for; not that of its clock. */
#define TICK_NS 10000000u

/* Each counter by itself: a machine may have some controllers in one hierarchy and some in the other. */
static const struct source SOURCES[COUNTERS][PLACES] = {
    [CPU_ALL] = {{V2, "cpu.stat", "usage_usec", 1000},
                 {V1, "cpuacct/cpuacct.usage", NULL, 1},
                 {V1, "cpu,cpuacct/cpuacct.usage", NULL, 1}},
    [CPU_USER] = {{V2, "cpu.stat", "user_usec", 1000},
                  {V1, "cpuacct/cpuacct.stat", "user", TICK_NS},
                  {V1, "cpu,cpuacct/cpuacct.stat", "user", TICK_NS}},
    [CPU_SYSTEM] = {{V2, "cpu.stat", "system_usec", 1000},
                    {V1, "cpuacct/cpuacct.stat", "system", TICK_NS},
                    {V1, "cpu,cpuacct/cpuacct.stat", "system", TICK_NS}},
    [MEMORY_USAGE] = {{V2, "memory.current", NULL, 1}, {V1, "memory/memory.usage_in_bytes", NULL, 1}},
    [MEMORY_PEAK] = {{V2, "memory.peak", NULL, 1}, {V1, "memory/memory.max_usage_in_bytes", NULL, 1}},
    [MEMORY_LIMIT] = {{V2, "memory.max", NULL, 1}, {V1, "memory/memory.limit_in_bytes", NULL, 1}},
    [OOM_KILLS] = {{V2, "memory.events", "oom_kill", 1}, {V1, "memory/memory.oom_control", "oom_kill", 1}},
    [PIDS_REFUSED] = {{V2, "pids.events", "max", 1}, {V1, "pids/pids.events", "max", 1}},
    [PIDS_PEAK] = {{V2, "pids.peak", NULL, 1}, {V1, "pids/pids.peak", NULL, 1}},
};

static int files[COUNTERS];
static const struct source *chosen[COUNTERS];

static int open_source(const struct source *source, const int directories[VERSIONS]) {
  return source->path == NULL ? -1 : openat(directories[source->version], source->path, O_RDONLY | O_CLOEXEC);
}

static void open_counter(enum counter counter, const int directories[VERSIONS]) {
  files[counter] = -1;
  for (int i = 0; i < PLACES && files[counter] < 0; i++) {
    chosen[counter] = &SOURCES[counter][i];
    files[counter] = open_source(chosen[counter], directories);
  }
}

void cgroup_open(const char *root, const char *membership) {
  int directories[VERSIONS];
  directories[V1] = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
  directories[V2] = cgroup_place(directories[V1], membership);
  for (int counter = 0; counter < COUNTERS; counter++) open_counter((enum counter)counter, directories);
  for (int version = 0; version < VERSIONS; version++)
    if (directories[version] >= 0) close(directories[version]);
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
  char *end;
  if (number == NULL) return false;
  *value = strtoull(number, &end, 10) * source->scale;
  return end != number;
}
