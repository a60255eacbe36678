#include "outbox.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "bytes.h"
#include "clock.h"
#include "protocol.h"

#define FRAME_BYTES (HEADER_BYTES + 4 + DATA_BYTES)
#define CAPACITY (4 * FRAME_BYTES)
/* Kept for control frames (RESULT, STDIN_CREDIT, ERROR), so that they always fit beside full data frames. */
#define CONTROL_BYTES (8u << 10)
#define FILLED_BYTES (16u << 10)

static uint8_t queue[CAPACITY + CONTROL_BYTES];
static size_t start, end;
static uint64_t waits_since;
static bool is_held;

static void compact(void) {
  if (start == 0) return;
  memmove(queue, queue + start, end - start);
  end -= start;
  start = 0;
}

bool outbox_is_empty(void) { return start == end; }

void outbox_hold(void) { is_held = true; }

bool outbox_is_held(void) { return is_held; }

uint64_t outbox_waits_since(void) { return waits_since; }

bool outbox_is_filled(void) { return end - start >= FILLED_BYTES; }

bool outbox_has_room(void) { return end - start + FRAME_BYTES <= CAPACITY; }

uint8_t *outbox_payload(void) {
  if (end + FRAME_BYTES > sizeof queue) compact();
  return queue + end + HEADER_BYTES;
}

void outbox_commit(uint8_t type, size_t length) {
  if (outbox_is_empty() || is_held) waits_since = now();
  is_held = false;
  put_uint(queue + end, 1, type);
  put_uint(queue + end + 1, 4, length);
  end += HEADER_BYTES + length;
}

void outbox_add(uint8_t type, const uint8_t *payload, size_t length) {
  if (end + HEADER_BYTES + length > sizeof queue) compact();
  if (end + HEADER_BYTES + length > sizeof queue) outbox_drain();
  if (length > 0) memcpy(queue + end + HEADER_BYTES, payload, length);
  outbox_commit(type, length);
}

void outbox_flush(void) {
  while (start < end) {
    ssize_t written = write(STDOUT_FILENO, queue + start, end - start);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) return;
    if (written < 0) host_gone();
    start += (size_t)written;
  }
  start = end = 0;
  is_held = false;
}

void outbox_drain(void) {
  for (outbox_flush(); !outbox_is_empty(); outbox_flush()) {
    struct pollfd fds[] = {{.fd = STDOUT_FILENO, .events = POLLOUT}, {.fd = STDIN_FILENO}};
    if (poll(fds, 2, -1) < 0 && errno != EINTR) host_gone();
    if (fds[1].revents & (POLLHUP | POLLERR)) host_gone();
  }
}

void fatal(const char *message) {
  size_t length = strnlen(message, ERROR_BYTES);
  outbox_add(ERROR, (const uint8_t *)message, length);
  outbox_drain();
  _exit(2);
}

void host_gone(void) { _exit(1); }
