#include "inbox.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "outbox.h"
#include "protocol.h"

static uint8_t buffer[HEADER_BYTES + PHASE_BYTES];
static size_t start, end;

void inbox_fill(void) {
  memmove(buffer, buffer + start, end - start);
  end -= start;
  start = 0;
  ssize_t got = read(STDIN_FILENO, buffer + end, sizeof buffer - end);
  if (got < 0 && errno == EINTR) return;
  if (got <= 0) host_gone();
  end += (size_t)got;
}

bool inbox_peek(struct frame *frame) {
  switch (frame_parse(buffer + start, end - start, frame)) {
    case FRAME_MALFORMED: fatal("malformed frame");
    case FRAME_PARTIAL: return false;
    case FRAME_WHOLE: break;
  }
  return true;
}

bool inbox_next(struct frame *frame) {
  if (!inbox_peek(frame)) return false;
  start += HEADER_BYTES + frame->length;
  return true;
}
