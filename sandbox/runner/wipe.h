/* Empties a directory, whatever lies in it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Removes everything below `root`, an open directory whose entries the caller owns and nobody else changes meanwhile,
 * and what a program may have written on the directory itself. Works by descriptors alone, never follows a link, and
 * needs neither depth of stack nor of descriptors: a directory found inside of another is moved up to `root` first.
 * `removed` grows by the entries removed. False where something stays, or `deadline` passed: errno says why.
 */
bool wipe(int root, uint64_t deadline, uint32_t *removed);
