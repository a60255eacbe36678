/* Sends a running program a signal. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

/*
 * To the process group of `program`, a child that has not been reaped: until then nobody else can have its id, neither as a
 * process nor as a group, and no group reaches beyond its session. False where the kernel refuses.
 */
bool signal_program(pid_t program, int signal);
