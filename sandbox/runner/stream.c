#include "stream.h"

#include <errno.h>
#include <unistd.h>

#include "bytes.h"
#include "outbox.h"
#include "protocol.h"

#define QUIET_NS 2000000u

static void close_stream(struct stream *stream) {
  close(stream->fd);
  stream->fd = -1;
}

bool stream_wants_read(const struct stream *stream, uint64_t moment) {
  return stream->fd >= 0 && moment >= stream->quiet_until && outbox_has_room();
}

static uint64_t keep(struct stream *stream, uint64_t got) {
  uint64_t room = stream->cap - stream->sent;
  if (got > room) stream->truncated = true;
  return got > room ? room : got;
}

bool stream_pump(struct stream *stream, uint64_t moment, uint64_t began) {
  uint8_t *payload = outbox_payload();
  ssize_t got = read(stream->fd, payload + 4, DATA_BYTES);
  if (got < 0) return errno == EINTR;
  if (got == 0) {
    close_stream(stream);
    return false;
  }
  uint64_t kept = keep(stream, (uint64_t)got);
  put_uint(payload, 4, (moment - began) / 1000000u);
  if (kept > 0) outbox_commit(stream->frame_type, 4 + kept);
  stream->sent += kept;
  if (got < (ssize_t)DATA_BYTES) stream->quiet_until = moment + QUIET_NS;
  return got == (ssize_t)DATA_BYTES;
}

void stream_finish(struct stream *stream, uint64_t moment, uint64_t began) {
  while (stream->fd >= 0 && !stream->truncated) {
    if (!outbox_has_room()) outbox_drain();
    uint64_t sent = stream->sent;
    bool more = stream_pump(stream, moment, began);
    if (!more && stream->sent == sent) break;
  }
  if (stream->fd >= 0) close_stream(stream);
}
