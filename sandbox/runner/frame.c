#include "frame.h"

#include <stdbool.h>

#include "bytes.h"
#include "collection.h"
#include "protocol.h"

static bool length_allowed(uint8_t type, size_t length) {
  switch (type) {
    case FILE_FRAME:
    case EXECUTABLE: return length > 4 && length <= 4 + NAME_BYTES;
    case FILE_DATA:
    case STDIN: return length > 0 && length <= DATA_BYTES;
    case PHASE: return length <= PHASE_BYTES;
    case KEEP: return length > 0 && length <= KEEP_BYTES;
    case STDIN_END:
    case PUT_BACK:
    case START: return length == 0;
    case RESET: return length == 4;
    case COLLECT: return length > 0 && length <= COLLECT_BYTES;
    case SIGNAL: return length == 1;
    default: return false;
  }
}

enum frame_state frame_parse(const uint8_t *bytes, size_t size, struct frame *frame) {
  if (size < HEADER_BYTES) return FRAME_PARTIAL;
  size_t length = get_uint(bytes + 1, 4);
  if (!length_allowed(bytes[0], length)) return FRAME_MALFORMED;
  if (size - HEADER_BYTES < length) return FRAME_PARTIAL;
  *frame = (struct frame){.type = bytes[0], .payload = bytes + HEADER_BYTES, .length = length};
  return FRAME_WHOLE;
}
