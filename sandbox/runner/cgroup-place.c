#include "cgroup-place.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "read-text.h"

/* A whole path of the kernel's and what stands before it. */
#define LINE_BYTES 4200

/* What follows the root in the line `0::/...`, which alone is of version 2. */
static const char *path_in(char *text) {
  for (char *line; (line = strsep(&text, "\n")) != NULL;)
    if (strncmp(line, "0::/", 4) == 0) return line + 4;
  return NULL;
}

static const char *own_path(const char *membership, char *text, size_t size) {
  return read_text(membership, text, size) < 0 ? NULL : path_in(text);
}

/* Every cgroup has a type but the machine's own: its counters are of everything, and of no use here. */
static int enter(int root, const char *path) {
  int place = openat(root, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (place < 0 || faccessat(place, "cgroup.type", F_OK, 0) == 0) return place;
  close(place);
  return -1;
}

/* In a namespace of its own the container's cgroup is the root; without one the machine's whole tree is seen. */
int cgroup_place(int root, const char *membership) {
  char text[LINE_BYTES];
  const char *path = own_path(membership, text, sizeof text);
  int place = path == NULL || *path == 0 ? -1 : enter(root, path);
  return place < 0 ? enter(root, ".") : place;
}
