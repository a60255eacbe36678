/* Runs one phase from start to RESULT. */
#pragma once

#include "phase.h"

void run_phase(const struct phase *phase);
/* Ends a phase that could not begin. */
void refuse_phase(int cause);
