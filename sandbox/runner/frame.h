/* Cuts frames out of bytes. Pure: no I/O, no allocation. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct frame {
  uint8_t type;
  const uint8_t *payload;
  size_t length;
};

enum frame_state { FRAME_WHOLE, FRAME_PARTIAL, FRAME_MALFORMED };

/* On FRAME_WHOLE the frame points into `bytes` and takes HEADER_BYTES + length of them. */
enum frame_state frame_parse(const uint8_t *bytes, size_t size, struct frame *frame);
