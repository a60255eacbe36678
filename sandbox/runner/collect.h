/* Sends files that programs left, once every program is dead. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Answers a COLLECT frame. */
void collect(const uint8_t *payload, size_t length);
