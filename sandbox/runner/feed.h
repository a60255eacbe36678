/* The program's stdin: what the host sent, handed on without ever blocking. */
#pragma once

#include <stdbool.h>
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
/* The pipe to poll for writing; -1 when there is nothing to write. */
int feed_waits_for(void);
void feed_close(void);
