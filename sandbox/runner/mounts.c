#include "mounts.h"

#include <stdio.h>
#include <string.h>

#ifndef MOUNTS
#define MOUNTS "/proc/self/mountinfo"
#endif

static bool is_below(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return strncmp(path, folder, length) == 0 && (path[length] == 0 || path[length] == '/');
}

static bool is_kernels(const char *path) {
  return is_below(path, "/proc") || is_below(path, "/sys") || is_below(path, "/dev");
}

static bool is_read_only(const char *options) {
  return strncmp(options, "ro", 2) == 0 && (options[2] == 0 || options[2] == ',');
}

static bool is_among(const char *path, const char *const known[], size_t count) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(path, known[i]) == 0) return true;
  return false;
}

bool mounts_are_known(const char *const known[], size_t count, char *other, size_t size) {
  FILE *file = fopen(MOUNTS, "re");
  char line[8192], path[4096], options[512];
  bool sound = file != NULL;
  size_t seen = 0;
  *other = 0;
  while (sound && fgets(line, sizeof line, file) != NULL) {
    sound = sscanf(line, "%*s %*s %*s %*s %4095s %511s", path, options) == 2;
    sound = sound && (is_read_only(options) || is_kernels(path) || is_among(path, known, count));
    if (!sound) snprintf(other, size, "%s", path);
    seen++;
  }
  if (file != NULL) fclose(file);
  return sound && seen > 0;
}
