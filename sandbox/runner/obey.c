#include "obey.h"

#include <signal.h>

#include "feed.h"
#include "outbox.h"
#include "protocol.h"
#include "signal-program.h"

/* None that stops a program, and none that would be taken for a limit or a fault. */
static bool is_allowed(uint8_t signal) {
  switch (signal) {
    case SIGHUP:
    case SIGINT:
    case SIGQUIT:
    case SIGKILL:
    case SIGUSR1:
    case SIGUSR2:
    case SIGTERM: return true;
    default: return false;
  }
}

static void pass_on(uint8_t signal, pid_t program) {
  if (!is_allowed(signal)) fatal("signal not allowed");
  if (!signal_program(program, signal)) fatal("a signal cannot be sent");
  outbox_add(SIGNAL_SENT, NULL, 0);
}

void obey(const struct frame *frame, pid_t program) {
  switch (frame->type) {
    case STDIN: feed_add(frame->payload, frame->length); return;
    case STDIN_END: feed_end(); return;
    case SIGNAL: pass_on(frame->payload[0], program); return;
    default: fatal("frame not expected while a program runs");
  }
}
