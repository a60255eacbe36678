#include "run-phase.h"

#include <sched.h>
#include <unistd.h>

#include "bytes.h"
#include "clock.h"
#include "feed.h"
#include "inbox.h"
#include "meter.h"
#include "obey.h"
#include "outbox.h"
#include "reaper.h"
#include "reserve.h"
#include "result.h"
#include "spawn.h"
#include "stream.h"
#include "wakeups.h"

#define MILLISECOND 1000000u
#define SAMPLE_NS (50u * MILLISECOND)
#define SHORTEST_WAIT_NS (1u * MILLISECOND)
/* How long a host that has sent ahead is kept waiting for what it will hear together with more. */
#define GATHER_NS (10u * MILLISECOND)
/* For so long nobody looks at what a program writes whose host has sent ahead: most that are short have ended by then. */
#define UNDISTURBED_NS (2u * MILLISECOND)

struct run {
  const struct phase *phase;
  struct child child;
  struct reaped reaped;
  struct stream out, err;
  uint64_t began, moment, cpu;
  unsigned processors;
  enum limit limit;
  /* The host has sent what comes after this phase: all of its stdin is here, and nobody waits for it. */
  bool is_followed;
};

static uint64_t shorter(uint64_t wait, uint64_t limit, uint64_t used) {
  uint64_t left = limit > used ? limit - used : 0;
  return left < wait ? left : wait;
}

/* Only while the program has not been reaped. */
static void take_host_frames(struct run *run) {
  struct frame frame;
  while (inbox_peek(&frame) && !(run->is_followed = frame.type == RESET)) {
    inbox_next(&frame);
    obey(&frame, run->child.pid);
  }
  feed_pump();
}

/* How long what is queued may wait on, nanoseconds; only where something is. */
static uint64_t patience(const struct run *run) {
  if (!run->is_followed || outbox_is_filled()) return 0;
  return outbox_is_held() ? SAMPLE_NS : shorter(GATHER_NS, GATHER_NS, now() - outbox_waits_since());
}

static bool is_output_due(const struct run *run) { return !outbox_is_empty() && patience(run) == 0; }

static void flush_when_due(const struct run *run) {
  if (is_output_due(run)) outbox_flush();
}

static enum limit limit_met(const struct run *run) {
  if (run->out.truncated || run->err.truncated) return LIMIT_OUTPUT;
  if (run->moment - run->began > (uint64_t)run->phase->wall_ms * MILLISECOND) return LIMIT_WALL;
  if (run->cpu > (uint64_t)run->phase->cpu_ms * MILLISECOND) return LIMIT_CPU;
  return LIMIT_NONE;
}

static void measure(struct run *run) {
  run->cpu = meter_cpu(run->child.pid);
  meter_sample_memory();
  if (run->limit == LIMIT_NONE) run->limit = limit_met(run);
}

static uint64_t until_due(uint64_t wait, const struct stream *stream, uint64_t moment) {
  return stream->fd >= 0 && stream->quiet_until > moment ? shorter(wait, stream->quiet_until, moment) : wait;
}

/* Not longer than the CPU limit can possibly last on all processors. */
static uint64_t next_wait(const struct run *run) {
  uint64_t cpu_limit = (uint64_t)run->phase->cpu_ms * MILLISECOND / run->processors;
  uint64_t wait = shorter(SAMPLE_NS, cpu_limit, run->cpu / run->processors);
  if (wait < SHORTEST_WAIT_NS) wait = SHORTEST_WAIT_NS;
  wait = shorter(wait, (uint64_t)run->phase->wall_ms * MILLISECOND + 1, run->moment - run->began);
  if (!outbox_is_empty() && !is_output_due(run)) wait = shorter(wait, patience(run), 0);
  return until_due(until_due(wait, &run->out, run->moment), &run->err, run->moment);
}

static void pump(struct run *run, struct stream *stream) {
  while (stream_wants_read(stream, run->moment) && !stream->truncated)
    if (!stream_pump(stream, run->moment, run->began)) return;
}

/* Where nothing is asked for, what there is to hear is that the host is gone. */
static void hear_host(const struct run *run) {
  if (run->is_followed) host_gone();
  inbox_fill();
}

static void wait_and_relay(struct run *run) {
  enum { HOST_IN, HOST_OUT, IN, OUT, ERR, WATCHED };
  struct pollfd fds[WATCHED] = {
      [HOST_IN] = {.fd = STDIN_FILENO, .events = run->is_followed ? 0 : POLLIN},
      [HOST_OUT] = {.fd = is_output_due(run) ? STDOUT_FILENO : -1, .events = POLLOUT},
      [IN] = feed_watch(),
      [OUT] = {.fd = stream_wants_read(&run->out, run->moment) ? run->out.fd : -1, .events = POLLIN},
      [ERR] = {.fd = stream_wants_read(&run->err, run->moment) ? run->err.fd : -1, .events = POLLIN},
  };
  wait_for(fds, WATCHED, next_wait(run));
  run->moment = now();
  feed_notice(fds[IN].revents);
  if (fds[HOST_IN].revents) hear_host(run);
  take_host_frames(run);
  if (fds[OUT].revents) pump(run, &run->out);
  if (fds[ERR].revents) pump(run, &run->err);
  flush_when_due(run);
}

static bool goes_on(struct run *run) {
  reap(&run->reaped);
  if (run->reaped.main_ended) return false;
  run->moment = now();
  measure(run);
  return run->limit == LIMIT_NONE;
}

static void relay_until_end(struct run *run) {
  take_host_frames(run);
  if (run->is_followed) run->out.quiet_until = run->err.quiet_until = run->began + UNDISTURBED_NS;
  flush_when_due(run);
  do wait_and_relay(run);
  while (goes_on(run));
}

static void finish(struct run *run) {
  run->moment = now();
  measure(run);
  kill_everything(&run->reaped);
  if (!meter_has_room(RESERVE_BYTES)) reserve_release();
  feed_close();
  stream_finish(&run->out, run->moment, run->began);
  stream_finish(&run->err, run->moment, run->began);
  measure(run);
}

static struct stream stream_of(int fd, uint8_t frame_type, const struct phase *phase) {
  return (struct stream){.fd = fd, .frame_type = frame_type, .cap = phase->output_bytes};
}

static void report(struct run *run) {
  uint32_t oom_kills = meter_oom_kills();
  struct result result = {
      .limit = oom_kills > 0 ? LIMIT_MEMORY : run->limit,
      .wall_us = (run->moment - run->began) / 1000,
      .cpu_us = run->cpu / 1000,
      .user_us = meter_user_cpu(run->cpu) / 1000,
      .oom_kills = oom_kills,
      .forks_refused = meter_forks_refused(),
      .stdout_sent = run->out.sent,
      .stdout_truncated = run->out.truncated,
      .stderr_sent = run->err.sent,
      .stderr_truncated = run->err.truncated,
      .memory_ever = meter_memory_ever(),
      .processes_ever = meter_processes_ever(),
  };
  result.memory_bytes = meter_memory_peak(run->reaped.peak_bytes, &result.memory_source);
  result_set_ending(&result, run->reaped.status, spawn_failure(&run->child));
  result_send(&result);
}

static unsigned processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) < 0) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? (unsigned)count : 1;
}

void refuse_phase(int cause) {
  outbox_add(STARTED, NULL, 0);
  struct result result = {.memory_source = FROM_RUSAGE};
  result_set_ending(&result, 0, cause);
  result_send(&result);
}

/* Alone it is news for nobody but who talks to the program. */
static void tell_of_start(void) {
  bool is_alone = outbox_is_empty();
  outbox_add(STARTED, NULL, 0);
  if (is_alone) outbox_hold();
}

void run_phase(const struct phase *phase) {
  struct run run = {.phase = phase, .processors = processors()};
  reserve_take();
  meter_begin();
  run.began = run.moment = now();
  int cause = spawn(phase, &run.child);
  if (cause != 0) return refuse_phase(cause);
  tell_of_start();
  run.reaped.main = run.child.pid;
  run.out = stream_of(run.child.out, STDOUT, phase);
  run.err = stream_of(run.child.err, STDERR, phase);
  feed_open(run.child.in);
  relay_until_end(&run);
  finish(&run);
  report(&run);
}
