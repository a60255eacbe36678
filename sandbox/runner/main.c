/* PID 1 of a sandbox container; see PROTOCOL.md. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "box.h"
#include "bytes.h"
#include "cgroup.h"
#include "collect.h"
#include "feed.h"
#include "files.h"
#include "identity.h"
#include "inbox.h"
#include "oom-score.h"
#include "outbox.h"
#include "phase.h"
#include "places.h"
#include "reset.h"
#include "run-phase.h"
#include "sockets.h"
#include "wakeups.h"

enum state { READY, ARMED };

static struct phase phase;
static uint8_t phase_payload[PHASE_BYTES];

static void say_hello(void) {
  uint8_t payload[6];
  put_uint(put_uint(payload, 2, PROTOCOL_VERSION), 4, STDIN_WINDOW);
  outbox_add(HELLO, payload, sizeof payload);
  outbox_drain();
}

static enum state arm(const struct frame *frame) {
  memcpy(phase_payload, frame->payload, frame->length);
  if (!phase_parse(phase_payload, frame->length, &phase)) fatal("malformed phase");
  feed_begin();
  return ARMED;
}

static enum state when_ready(const struct frame *frame) {
  if (take_file(frame)) return READY;
  switch (frame->type) {
    case KEEP: keep_files(frame); return READY;
    case PUT_BACK: put_back_files(); return READY;
    case PHASE: return arm(frame);
    case STDIN:
    case STDIN_END:
    case SIGNAL: return READY;
    case COLLECT: collect(frame->payload, frame->length); return READY;
    case RESET: reset((uint32_t)get_uint(frame->payload, 4)); return READY;
    default: fatal("frame not expected before a phase");
  }
}

static enum state start(void) {
  if (box_problem() != 0) refuse_phase(box_problem());
  else run_phase(&phase);
  return READY;
}

static enum state when_armed(const struct frame *frame) {
  switch (frame->type) {
    case STDIN: feed_add(frame->payload, frame->length); return ARMED;
    case STDIN_END: feed_end(); return ARMED;
    case START: return start();
    default: fatal("frame not expected in a phase");
  }
}

/* Whom the first program runs as, where the host says so: another user than in any other container. */
static void take_uid(const char *text) {
  unsigned long uid = strtoul(text, NULL, 10);
  if (uid < RUN_UID_MIN || uid > RUN_UID_MAX) fatal("not a uid of programs");
  change_run_uid((uid_t)uid);
}

/* That of the container alone, not of whoever started it; programs have none each. */
static void lead_session(void) {
  if (getsid(0) != getpid() && setsid() < 0) fatal("cannot lead a session");
}

/* What the host waits for before it says more has to be said first. */
static void wait_for_host(void) {
  outbox_drain();
  inbox_fill();
}

int main(int argc, char *argv[]) {
  /* Whatever the container's runtime left open is not for programs. */
  syscall(SYS_close_range, 3u, ~0u, 0u);
  fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
  lead_session();
  wakeups_open();
  if (argc > 1) take_uid(argv[1]);
  identity_open();
  set_oom_score(LAST_TO_GO);
  cgroup_open("/sys/fs/cgroup", "/proc/self/cgroup");
  box_open();
  places_open();
  sockets_open();
  say_hello();
  struct frame frame;
  for (enum state state = READY;;) {
    if (inbox_next(&frame)) state = state == READY ? when_ready(&frame) : when_armed(&frame);
    else wait_for_host();
  }
}
