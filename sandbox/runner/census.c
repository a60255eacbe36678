#include "census.h"

#include <ctype.h>
#include <fcntl.h>

#include "listing.h"

#ifndef PROCESSES
#define PROCESSES "/proc"
#endif

static unsigned count_processes(int directory) {
  struct listing listing;
  enum entry_type type;
  bool failed = false;
  unsigned seen = 0;
  if (!listing_begin(&listing, directory)) return 0;
  for (const char *name; (name = listing_next(&listing, &type, &failed)) != NULL;)
    seen += isdigit((unsigned char)name[0]) != 0;
  return failed ? 0 : seen;
}

unsigned census(void) {
  static int directory = -1;
  if (directory < 0) directory = open(PROCESSES, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return directory < 0 ? 0 : count_processes(directory);
}
