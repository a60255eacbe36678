/* Sockets of the container's network, those the kernel keeps after their process among them. */
#pragma once

#include <stdbool.h>

/* Once, before anything runs: remembers how many there are of themselves. Waits for those that are about to go. */
void sockets_open(void);
/* No more than then: no name is bound, no port taken, nothing waits for its time-out. False where nobody can tell. */
bool sockets_are_gone(void);
