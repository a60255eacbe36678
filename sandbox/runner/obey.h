/* What the host may say while a program runs. */
#pragma once

#include <sys/types.h>

#include "frame.h"

/* `program` has not been reaped. Anything but stdin, its end and a signal is fatal. */
void obey(const struct frame *frame, pid_t program);
