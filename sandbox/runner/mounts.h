/* Which mounts of the container can be written to. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Whether every mount is read-only, one of `known`, or below /proc, /sys or /dev, where the kernel's own rules hold and
 * nothing belongs to programs. False: `other` names the first that is none of these, or nothing where they cannot be read.
 */
bool mounts_are_known(const char *const known[], size_t count, char *other, size_t size);
