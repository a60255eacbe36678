#include "read-text.h"

#include <fcntl.h>
#include <unistd.h>

static ssize_t read_from(int file, char *text, size_t size) {
  ssize_t length = pread(file, text, size - 1, 0);
  if (length >= 0) text[length] = 0;
  return length;
}

ssize_t read_text(const char *path, char *text, size_t size) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  ssize_t length = read_from(file, text, size);
  close(file);
  return length;
}

ssize_t read_open_text(struct open_text *kept, char *text, size_t size) {
  if (kept->file < 0) kept->file = open(kept->path, O_RDONLY | O_CLOEXEC);
  return read_from(kept->file, text, size);
}
