/* What a phase uses: differences of the container's counters since it began. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "protocol.h"

void meter_begin(void);
/* CPU nanoseconds of all processes of the phase so far, the runner's own left out. */
uint64_t meter_cpu(pid_t main);
/* How many of all those were spent in user mode. Once everything is reaped. */
uint64_t meter_user_cpu(uint64_t all);
/* Memory in use is sampled for where the kernel's own peak cannot tell. */
void meter_sample_memory(void);
/* False where the kernel does not tell. */
bool meter_has_room(uint64_t bytes);
uint64_t meter_memory_peak(uint64_t peak_resident, enum memory_source *source);
uint32_t meter_oom_kills(void);
uint32_t meter_forks_refused(void);
/* The most that the container has used since it was made, not by this phase alone; 0 where the kernel does not tell. */
uint64_t meter_memory_ever(void);
uint32_t meter_processes_ever(void);
