/* Reads what kernels gave, see cgroups/README.md, in every place a container may find it. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../cgroup.h"

#define RECORDED "cgroups/"
#define ROOT "/tmp/cgroup/"
#define MEMBERSHIP "/tmp/membership"

static void shell(const char *command) { assert(system(command) == 0); }

static void make(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static uint64_t value_of(enum counter counter) {
  uint64_t value = 0;
  assert(cgroup_read(counter, &value));
  return value;
}

static bool is_missing(enum counter counter) {
  uint64_t value;
  return !cgroup_read(counter, &value);
}

static void expect_common(void) {
  assert(value_of(MEMORY_PEAK) == 32 << 20 && value_of(OOM_KILLS) == 1 && value_of(PIDS_REFUSED) == 7);
}

static void check_v1(void) {
  cgroup_open(RECORDED "v1", RECORDED "v1/membership");
  expect_common();
  assert(value_of(CPU_ALL) == 340627176 && value_of(MEMORY_USAGE) == 679936);
  assert(value_of(CPU_USER) == 90000000 && value_of(CPU_SYSTEM) == 240000000);
}

static void check_v1_mounted_together(void) {
  shell("rm -rf " ROOT " && cp -r " RECORDED "v1 " ROOT " && mv " ROOT "cpuacct " ROOT "cpu,cpuacct");
  cgroup_open(ROOT, RECORDED "v1/membership");
  assert(value_of(CPU_ALL) == 340627176 && value_of(CPU_USER) == 90000000);
}

static void expect_v2(void) {
  expect_common();
  assert(value_of(CPU_ALL) == 5690000000 && value_of(MEMORY_USAGE) == 172032);
  assert(value_of(CPU_USER) == 5680000000 && value_of(CPU_SYSTEM) == 10000000);
}

static void check_v2_in_a_namespace(void) {
  make(MEMBERSHIP, "0::/\n");
  cgroup_open(RECORDED "v2", MEMBERSHIP);
  expect_v2();
}

static void check_v2_without_a_namespace(void) {
  shell("rm -rf " ROOT " && cp -r " RECORDED "v2-machine " ROOT " && mkdir " ROOT "docker && cp -r " RECORDED
        "v2 " ROOT "docker/4f2a");
  make(MEMBERSHIP, "0::/docker/4f2a\n");
  cgroup_open(ROOT, MEMBERSHIP);
  expect_v2();
}

/* A path from outside of the namespace leads nowhere: the namespace's root is what there is. */
static void check_v2_seen_from_a_namespace_beside_it(void) {
  make(MEMBERSHIP, "0::/../4f2b\n");
  cgroup_open(RECORDED "v2", MEMBERSHIP);
  expect_v2();
}

static void check_the_machines_own_is_not_taken(void) {
  make(MEMBERSHIP, "0::/\n");
  cgroup_open(RECORDED "v2-machine", MEMBERSHIP);
  for (int counter = 0; counter < COUNTERS; counter++) assert(is_missing((enum counter)counter));
}

/* memory.peak came with Linux 5.19. */
static void check_an_older_kernel(void) {
  shell("rm -rf " ROOT " && cp -r " RECORDED "v2 " ROOT " && rm " ROOT "memory.peak");
  make(MEMBERSHIP, "0::/\n");
  cgroup_open(ROOT, MEMBERSHIP);
  assert(is_missing(MEMORY_PEAK) && value_of(MEMORY_USAGE) == 172032 && value_of(OOM_KILLS) == 1);
}

static void check_mixed_hierarchies(void) {
  shell("rm -rf " ROOT " && cp -r " RECORDED "v1 " ROOT " && rm -r " ROOT "pids && cp " RECORDED
        "v2/cgroup.type " RECORDED "v2/pids.events " ROOT);
  make(MEMBERSHIP, "9:memory:/a\n0::/\n");
  cgroup_open(ROOT, MEMBERSHIP);
  expect_common();
  assert(value_of(CPU_ALL) == 340627176);
}

static void check_what_is_no_number(void) {
  shell("rm -rf " ROOT " && mkdir " ROOT);
  make(ROOT "cgroup.type", "domain\n");
  make(ROOT "memory.current", "none\n");
  make(ROOT "memory.events", "oom_kill_disable 8\noom_group_kill 7\n");
  make(ROOT "pids.events", "");
  cgroup_open(ROOT, "/nowhere");
  for (int counter = 0; counter < COUNTERS; counter++) assert(is_missing((enum counter)counter));
}

int main(void) {
  check_v1();
  check_v1_mounted_together();
  check_v2_in_a_namespace();
  check_v2_without_a_namespace();
  check_v2_seen_from_a_namespace_beside_it();
  check_the_machines_own_is_not_taken();
  check_an_older_kernel();
  check_mixed_hierarchies();
  check_what_is_no_number();
  shell("rm -rf " ROOT " " MEMBERSHIP);
  return puts("counters are read") < 0;
}
