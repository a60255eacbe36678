/* Stdin on its way into a pipe: bytes, credit, the end, and a reader that goes away. */
#include <assert.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../bytes.h"
#include "../feed.h"
#include "../outbox.h"
#include "../protocol.h"

static size_t credited, closings;
static jmp_buf ended;

void outbox_add(uint8_t type, const uint8_t *bytes, size_t length) {
  assert(type == STDIN_CREDIT ? length == 4 : type == STDIN_CLOSED && length == 0);
  if (type == STDIN_CREDIT) credited += get_uint(bytes, 4);
  else closings++;
}
void fatal(const char *message) {
  (void)message;
  longjmp(ended, 1);
}

/* The reading end. */
static int begin(void) {
  int pipe_ends[2];
  assert(pipe2(pipe_ends, O_NONBLOCK) == 0);
  credited = closings = 0;
  feed_begin();
  feed_open(pipe_ends[1]);
  return pipe_ends[0];
}

static short polled(void) {
  struct pollfd watched = feed_watch();
  assert(poll(&watched, 1, 0) >= 0);
  return watched.revents;
}

static void check_bytes_and_end(void) {
  int reader = begin();
  char got[8];
  feed_add((const uint8_t *)"abc", 3);
  feed_pump();
  assert(read(reader, got, sizeof got) == 3 && memcmp(got, "abc", 3) == 0);
  assert(read(reader, got, sizeof got) < 0 && polled() == 0);
  feed_add((const uint8_t *)"d", 1);
  feed_end();
  feed_pump();
  assert(read(reader, got, sizeof got) == 1 && read(reader, got, sizeof got) == 0);
  assert(closings == 0 && feed_watch().fd < 0);
  close(reader);
}

/* What is taken is never more than the window and the pipe; credit comes back as it is read. */
static void check_window(void) {
  static uint8_t bytes[STDIN_WINDOW], read_back[STDIN_WINDOW];
  int reader = begin();
  feed_add(bytes, sizeof bytes);
  feed_pump();
  size_t in_pipe = credited;
  assert(in_pipe < sizeof bytes && feed_watch().events == POLLOUT && polled() == 0);
  if (setjmp(ended) == 0) {
    feed_add(bytes, in_pipe + 1);
    assert(!"beyond its credit");
  }
  for (size_t got = 0; got < sizeof bytes; feed_pump()) {
    ssize_t piece = read(reader, read_back, sizeof read_back);
    if (piece > 0) got += (size_t)piece;
  }
  assert(credited == sizeof bytes && feed_watch().events == 0);
  feed_close();
  close(reader);
}

static void check_reader_gone_unasked(void) {
  close(begin());
  feed_notice(polled());
  assert(closings == 1 && feed_watch().fd < 0);
  feed_notice(POLLERR);
  feed_add((const uint8_t *)"x", 1);
  feed_end();
  feed_pump();
  assert(closings == 1);
}

static void check_reader_gone_while_written_to(void) {
  close(begin());
  feed_add((const uint8_t *)"x", 1);
  feed_pump();
  assert(closings == 1 && feed_watch().fd < 0);
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  check_bytes_and_end();
  check_window();
  check_reader_gone_unasked();
  check_reader_gone_while_written_to();
  return puts("stdin is fed") < 0;
}
