/* Whose permissions the runner uses. Its real and saved uid stay 0: programs can neither signal nor trace it. */
#pragma once

#include <sys/types.h>

/* The group of programs is the runner's as well, for good: what it creates has it, and it gains nothing by it. */
void identity_open(void);

/*
 * What the runner creates in between belongs to the run's uid: with neither CHOWN nor DAC_OVERRIDE it could not give it
 * away later. Pipes made so can be opened again by path, as /dev/stdin.
 */
void act_as_program(void);
void act_as_runner(void);

/* Whom programs run as until the next change. */
uid_t run_uid(void);
void change_run_uid(uid_t uid);
