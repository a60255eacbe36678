/* Small files the kernel writes. */
#pragma once

#include <stddef.h>
#include <sys/types.h>

/* As much of the file as `text` holds, ended by a zero. Its length; negative where it cannot be read. */
ssize_t read_text(const char *path, char *text, size_t size);

/* A file that is read again and again, and stays open: at first `file` is negative. */
struct open_text {
  const char *path;
  int file;
};
ssize_t read_open_text(struct open_text *kept, char *text, size_t size);
