/* The child's way from the runner to the program. */
#pragma once

#include "phase.h"

/* Replaces this process by the program; on failure writes the errno to `failure` and exits. */
_Noreturn void become_program(const struct phase *phase, const int streams[3], int failure);
