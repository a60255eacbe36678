#include "require.h"

#include <stddef.h>
#include <stdint.h>

#include "census.h"
#include "clock.h"
#include "outbox.h"
#include "wakeups.h"

#define MILLISECOND 1000000u
/* The kernel lets go of the files and sockets of the dead a little later. */
#define PATIENCE_NS (200u * MILLISECOND)

bool is_alone(void) { return census() == 1; }

void require(bool (*holds)(void), const char *doubt) {
  for (uint64_t deadline = now() + PATIENCE_NS; !holds(); wait_for(NULL, 0, MILLISECOND))
    if (now() > deadline) fatal(doubt);
}
