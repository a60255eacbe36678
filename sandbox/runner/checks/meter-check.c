/* What a phase used, from counters that change under it: plain files in the places of version 2. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../cgroup.h"
#include "../meter.h"

#define ROOT "/tmp/metered/"

static void shell(const char *command) { assert(system(command) == 0); }

/* The same file, so that the meter's open descriptor sees it. */
static void set(const char *path, const char *text) {
  FILE *file = fopen(path, "w");
  assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void begin(const char *peak) {
  shell("rm -rf " ROOT " && cp -r cgroups/v2 " ROOT);
  if (peak == NULL) shell("rm " ROOT "memory.peak");
  else set(ROOT "memory.peak", peak);
  cgroup_open(ROOT, "/nowhere");
  meter_begin();
}

static uint64_t peak_of(uint64_t peak_resident, enum memory_source source) {
  enum memory_source told;
  uint64_t peak = meter_memory_peak(peak_resident, &told);
  assert(told == source);
  return peak;
}

static void check_a_peak_that_rose(void) {
  begin("33554432");
  set(ROOT "memory.peak", "50000000");
  assert(peak_of(7000, FROM_CGROUP) == 50000000);
}

static void check_a_peak_of_a_phase_before(void) {
  begin("33554432");
  set(ROOT "memory.current", "9172032");
  meter_sample_memory();
  assert(peak_of(7000, FROM_SAMPLES) == 9000000);
  assert(peak_of(9500000, FROM_RUSAGE) == 9500000);
}

static void check_a_kernel_without_a_peak(void) {
  begin(NULL);
  set(ROOT "memory.current", "1172032");
  meter_sample_memory();
  set(ROOT "memory.current", "172032");
  meter_sample_memory();
  assert(peak_of(7000, FROM_SAMPLES) == 1000000);
  assert(peak_of(2000000, FROM_RUSAGE) == 2000000);
}

static void check_room(void) {
  begin("33554432");
  assert(!meter_has_room(0));
  set(ROOT "memory.max", "max\n");
  cgroup_open(ROOT, "/nowhere");
  assert(!meter_has_room(0));
  set(ROOT "memory.max", "1172032\n");
  set(ROOT "memory.current", "172032");
  assert(meter_has_room(1000000) && !meter_has_room(1000001));
  set(ROOT "memory.current", "1172033");
  assert(!meter_has_room(1));
}

static void check_kills_and_refusals(void) {
  begin("33554432");
  assert(meter_oom_kills() == 0 && meter_forks_refused() == 0);
  set(ROOT "memory.events", "oom 4\noom_kill 3\n");
  set(ROOT "pids.events", "max 12\n");
  assert(meter_oom_kills() == 2 && meter_forks_refused() == 5);
}

static void check_the_most_ever_used(void) {
  begin("33554432");
  assert(meter_memory_ever() == 33554432 && meter_processes_ever() == 0);
  set(ROOT "pids.peak", "9\n");
  cgroup_open(ROOT, "/nowhere");
  assert(meter_processes_ever() == 9);
  begin(NULL);
  assert(meter_memory_ever() == 0);
}

static void check_cpu(void) {
  begin("33554432");
  set(ROOT "cpu.stat", "usage_usec 105690000\nuser_usec 80680000\nsystem_usec 25010000\n");
  uint64_t all = meter_cpu(getpid()), user = meter_user_cpu(all);
  assert(all > 99900000000 && all <= 100000000000);
  assert(user > 74000000000 && user < 76000000000);
}

static void check_cpu_without_counters(void) {
  cgroup_open("/nowhere", "/nowhere");
  meter_begin();
  shell("i=0; while [ $i -lt 20000 ]; do i=$((i + 1)); done");
  uint64_t reaped = meter_cpu(-1);
  assert(reaped > 0 && meter_user_cpu(reaped) <= reaped);
}

int main(void) {
  check_a_peak_that_rose();
  check_a_peak_of_a_phase_before();
  check_a_kernel_without_a_peak();
  check_room();
  check_kills_and_refusals();
  check_the_most_ever_used();
  check_cpu();
  check_cpu_without_counters();
  shell("rm -rf " ROOT);
  return puts("phases are metered") < 0;
}
