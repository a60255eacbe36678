/* The program's stdin: what the host sent, handed on without ever blocking. */
#pragma once

#include <poll.h>
#include <stddef.h>
#include <stdint.h>

/* A new phase: empty, with full credit. */
void feed_begin(void);
/* More than the credit is fatal. */
void feed_add(const uint8_t *bytes, size_t length);
void feed_end(void);

/* From here on the bytes go to `pipe`, which the feed owns. */
void feed_open(int pipe);
void feed_pump(void);
/* What to poll: the pipe for room where there is something to write, and always for the end of its last reader. */
struct pollfd feed_watch(void);
/* Takes what the poll saw. */
void feed_notice(short events);
void feed_close(void);
