#include "sockets.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "clock.h"
#include "read-text.h"

#ifndef NET
#define NET "/proc/net/"
#endif

#define SETTLING_NS 200000000u

/* Counts of this network alone; `orphan`, `alloc` and `mem` are the whole host's. */
static const char *const COUNTS[] = {" used ", " inuse ", " tw "};

static uint64_t before;
static bool known;

static uint64_t sum_of(const char *text, const char *count) {
  uint64_t sum = 0;
  for (const char *at = text; (at = strstr(at, count)) != NULL; at++) sum += strtoull(at + strlen(count), NULL, 10);
  return sum;
}

static bool add_counts(struct open_text *table, uint64_t *sum) {
  char text[2048];
  if (read_open_text(table, text, sizeof text) <= 0) return false;
  for (size_t i = 0; i < sizeof COUNTS / sizeof *COUNTS; i++) *sum += sum_of(text, COUNTS[i]);
  return true;
}

/* A kernel without IPv6 has no second table. */
static bool count_sockets(uint64_t *sum) {
  static struct open_text first = {NET "sockstat", -1}, second = {NET "sockstat6", -1};
  *sum = 0;
  if (!add_counts(&first, sum)) return false;
  add_counts(&second, sum);
  return true;
}

/* The kernel lets go of those the runtime set the network up with a little later; none are left where all is usual. */
void sockets_open(void) {
  uint64_t deadline = now() + SETTLING_NS;
  while ((known = count_sockets(&before)) && before > 0 && now() < deadline) usleep(1000);
}

/* Sockets that nothing but their own messages holds are looked for when another is closed, and may be found too early. */
static void have_strays_collected(void) {
  int closed = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (closed >= 0) close(closed);
}

bool sockets_are_gone(void) {
  uint64_t after;
  if (!known || !count_sockets(&after)) return false;
  if (after == before) return true;
  have_strays_collected();
  return false;
}
