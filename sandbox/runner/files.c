#include "files.h"

#include <string.h>

#include "box.h"
#include "outbox.h"
#include "protocol.h"

static uint8_t kept[KEEP_BYTES];
static size_t kept_bytes;

bool take_file(const struct frame *frame) {
  if (box_file_wants() > 0 && frame->type != FILE_DATA) fatal("file data expected");
  switch (frame->type) {
    case FILE_FRAME: box_file(frame->payload, frame->length, 0644); return true;
    case EXECUTABLE: box_file(frame->payload, frame->length, 0755); return true;
    case FILE_DATA: box_file_data(frame->payload, frame->length); return true;
    default: return false;
  }
}

void keep_files(const struct frame *frame) {
  memcpy(kept, frame->payload, frame->length);
  kept_bytes = frame->length;
}

void put_back_files(void) {
  struct frame frame;
  for (size_t at = 0; at < kept_bytes; at += HEADER_BYTES + frame.length) {
    if (frame_parse(kept + at, kept_bytes - at, &frame) != FRAME_WHOLE) fatal("malformed frame among those kept");
    if (!take_file(&frame)) fatal("only files are kept");
  }
}
