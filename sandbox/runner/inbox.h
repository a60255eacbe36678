/* Frames from the host. */
#pragma once

#include <stdbool.h>

#include "frame.h"

/* Reads once what is there; exits when the host is gone. Only when no whole frame is left in the inbox. */
void inbox_fill(void);
/* The next whole frame, valid until the next inbox_fill; false when more bytes are needed. Malformed is fatal. */
bool inbox_next(struct frame *frame);
/* The same, and the frame stays. */
bool inbox_peek(struct frame *frame);
