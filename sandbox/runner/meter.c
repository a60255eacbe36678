#include "meter.h"

#include <sys/resource.h>

#include "cgroup.h"
#include "clock.h"

struct reading {
  bool known;
  uint64_t value;
};

struct split {
  uint64_t user, system;
};

static struct reading before[COUNTERS];
static struct split own_before, reaped_before;
static uint64_t sampled_peak;

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

static uint64_t of(struct timeval time) { return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_usec * 1000u; }

static struct split cpu_of(int whose) {
  struct rusage usage;
  getrusage(whose, &usage);
  return (struct split){.user = of(usage.ru_utime), .system = of(usage.ru_stime)};
}

static struct split since(struct split after, struct split earlier) {
  return (struct split){difference(after.user, earlier.user), difference(after.system, earlier.system)};
}

static uint64_t sum(struct split split) { return split.user + split.system; }
static struct split own_cpu(void) { return since(cpu_of(RUSAGE_SELF), own_before); }
static struct split reaped_cpu(void) { return since(cpu_of(RUSAGE_CHILDREN), reaped_before); }

void meter_begin(void) {
  for (int counter = 0; counter < COUNTERS; counter++) before[counter] = read_counter((enum counter)counter);
  own_before = cpu_of(RUSAGE_SELF);
  reaped_before = cpu_of(RUSAGE_CHILDREN);
  sampled_peak = 0;
}

static uint64_t main_cpu(pid_t main) {
  clockid_t clock;
  return clock_getcpuclockid(main, &clock) == 0 ? nanoseconds(clock) : 0;
}

/* Without a cgroup counter only what was reaped and the main process are seen. */
uint64_t meter_cpu(pid_t main) {
  uint64_t reaped = sum(reaped_cpu());
  if (!before[CPU_ALL].known) return reaped + main_cpu(main);
  uint64_t all = difference(increase(CPU_ALL), sum(own_cpu()));
  return all > reaped ? all : reaped;
}

/* Kernels split by the tick: of the two that tell, the one that saw more, applied to the whole. */
uint64_t meter_user_cpu(uint64_t all) {
  struct split counted = since((struct split){increase(CPU_USER), increase(CPU_SYSTEM)}, own_cpu());
  struct split reaped = reaped_cpu(), seen = sum(counted) > sum(reaped) ? counted : reaped;
  return sum(seen) == 0 ? all : (uint64_t)((double)all * (double)seen.user / (double)sum(seen));
}

void meter_sample_memory(void) {
  uint64_t sample = increase(MEMORY_USAGE);
  if (sample > sampled_peak) sampled_peak = sample;
}

bool meter_has_room(uint64_t bytes) {
  struct reading usage = read_counter(MEMORY_USAGE), limit = read_counter(MEMORY_LIMIT);
  return usage.known && limit.known && difference(limit.value, usage.value) >= bytes;
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
uint64_t meter_memory_ever(void) { return read_counter(MEMORY_PEAK).value; }
uint32_t meter_processes_ever(void) { return (uint32_t)read_counter(PIDS_PEAK).value; }
