#include "feed.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "outbox.h"
#include "protocol.h"

#define CREDIT_STEP (STDIN_WINDOW / 4)

static uint8_t window[STDIN_WINDOW];
static size_t start, end, credit, consumed;
static bool ended, unread;
static int pipe_end = -1;

void feed_begin(void) {
  start = end = consumed = 0;
  credit = STDIN_WINDOW;
  ended = unread = false;
}

void feed_add(const uint8_t *bytes, size_t length) {
  if (length > credit || ended) fatal("stdin beyond its credit or its end");
  credit -= length;
  if (unread) return;
  memmove(window, window + start, end - start);
  end -= start;
  start = 0;
  memcpy(window + end, bytes, length);
  end += length;
}

void feed_end(void) {
  if (ended) fatal("second end of stdin");
  ended = true;
}

static void grant(size_t written) {
  consumed += written;
  if (consumed < CREDIT_STEP || ended) return;
  uint8_t payload[4];
  put_uint(payload, 4, consumed);
  outbox_add(STDIN_CREDIT, payload, sizeof payload);
  credit += consumed;
  consumed = 0;
}

void feed_open(int pipe) { pipe_end = pipe; }

void feed_close(void) {
  if (pipe_end >= 0) close(pipe_end);
  pipe_end = -1;
}

/* Nobody reads any more: the host is told, the rest is dropped, and that is no failure. */
static void give_up(void) {
  unread = true;
  start = end = 0;
  feed_close();
  outbox_add(STDIN_CLOSED, NULL, 0);
}

void feed_pump(void) {
  while (pipe_end >= 0 && start < end) {
    ssize_t written = write(pipe_end, window + start, end - start);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) return;
    if (written < 0) return give_up();
    start += (size_t)written;
    grant((size_t)written);
  }
  if (ended) feed_close();
}

struct pollfd feed_watch(void) { return (struct pollfd){.fd = pipe_end, .events = start < end ? POLLOUT : 0}; }

void feed_notice(short events) {
  if (pipe_end >= 0 && (events & POLLERR)) give_up();
}
