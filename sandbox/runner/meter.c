#include "meter.h"

#include <stdbool.h>
#include <sys/resource.h>

#include "cgroup.h"
#include "clock.h"

struct reading {
  bool known;
  uint64_t value;
};

static struct reading before[COUNTERS];
static uint64_t own_before, children_before, sampled_peak;

static struct reading read_counter(enum counter counter) {
  struct reading reading = {0};
  reading.known = cgroup_read(counter, &reading.value);
  return reading;
}

static uint64_t difference(uint64_t after, uint64_t earlier) { return after > earlier ? after - earlier : 0; }

static uint64_t increase(enum counter counter) {
  struct reading after = read_counter(counter);
  return after.known && before[counter].known ? difference(after.value, before[counter].value) : 0;
}

static uint64_t own_cpu(void) { return nanoseconds(CLOCK_PROCESS_CPUTIME_ID); }

static uint64_t of(struct timeval time) { return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u; }

static uint64_t reaped_cpu(void) {
  struct rusage usage;
  getrusage(RUSAGE_CHILDREN, &usage);
  return of(usage.ru_utime) + of(usage.ru_stime);
}

void meter_begin(void) {
  for (int counter = 0; counter < COUNTERS; counter++) before[counter] = read_counter((enum counter)counter);
  own_before = own_cpu();
  children_before = reaped_cpu();
  sampled_peak = 0;
}

static uint64_t main_cpu(pid_t main) {
  clockid_t clock;
  return clock_getcpuclockid(main, &clock) == 0 ? nanoseconds(clock) : 0;
}

/* Without a cgroup counter only what was reaped and the main process are seen. */
uint64_t meter_cpu(pid_t main) {
  uint64_t reaped = difference(reaped_cpu(), children_before);
  if (!before[CPU_NANOSECONDS].known) return reaped + main_cpu(main);
  uint64_t all = difference(increase(CPU_NANOSECONDS), difference(own_cpu(), own_before));
  return all > reaped ? all : reaped;
}

void meter_sample_memory(void) {
  uint64_t sample = increase(MEMORY_USAGE);
  if (sample > sampled_peak) sampled_peak = sample;
}

uint64_t meter_memory_peak(uint64_t peak_resident, enum memory_source *source) {
  struct reading peak = read_counter(MEMORY_PEAK);
  if (peak.known && before[MEMORY_PEAK].known && peak.value > before[MEMORY_PEAK].value) {
    *source = FROM_CGROUP;
    return peak.value;
  }
  *source = peak_resident >= sampled_peak ? FROM_RUSAGE : FROM_SAMPLES;
  return peak_resident >= sampled_peak ? peak_resident : sampled_peak;
}

uint32_t meter_oom_kills(void) { return (uint32_t)increase(OOM_KILLS); }
uint32_t meter_forks_refused(void) { return (uint32_t)increase(PIDS_REFUSED); }
