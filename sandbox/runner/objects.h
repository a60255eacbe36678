/* System V shared memory, semaphores and queues of the container. */
#pragma once

#include <stdint.h>

/* Removes all there are, as whom they belong to, and returns how many; one that resists is fatal. */
uint32_t objects_remove(void);
