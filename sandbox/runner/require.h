/* What must be so before the runner goes on. */
#pragma once

#include <stdbool.h>

/* Waits a little for it; what does not come true is fatal. */
void require(bool (*holds)(void), const char *doubt);
bool is_alone(void);
