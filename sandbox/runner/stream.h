/* One of the program's output streams, on its way to the host. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct stream {
  int fd;
  uint8_t frame_type;
  uint64_t sent;
  uint64_t cap;
  /* The program wrote beyond the cap. */
  bool truncated;
  /* Not read before this moment, so that many small writes become one frame. */
  uint64_t quiet_until;
};

bool stream_wants_read(const struct stream *stream, uint64_t moment);
/* Moves what is there, one frame at most. True when there may be more at once. */
bool stream_pump(struct stream *stream, uint64_t moment, uint64_t began);
/* After the last writer died: moves all that is left. */
void stream_finish(struct stream *stream, uint64_t moment, uint64_t began);
