/* Every place programs can write to. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Once, before anything runs: remembers how much each place has free when it is empty. */
void places_open(void);
/* Empties all of them, as whom the files belong to. Returns the entries removed; what resists is fatal. */
uint32_t places_wipe(uint64_t deadline);
/* As much is free everywhere as was in the beginning: no file lives on without a name. */
bool places_are_empty(void);
