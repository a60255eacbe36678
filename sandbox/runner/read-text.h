/* Small files the kernel writes. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* As much of the file as `text` holds, ended by a zero. Its length; negative where it cannot be read. */
ssize_t read_text(const char *path, char *text, size_t size);
