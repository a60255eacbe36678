#include "reserve.h"

#include <stddef.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096u

static volatile char reserve[RESERVE_BYTES] __attribute__((aligned(4096)));

void reserve_take(void) {
  for (size_t at = 0; at < RESERVE_BYTES; at += PAGE_BYTES) reserve[at] = 1;
}

/* Programs need no copy of it: forks are cheaper so. */
void reserve_open(void) { madvise((void *)reserve, RESERVE_BYTES, MADV_DONTFORK); }

void reserve_release(void) { madvise((void *)reserve, RESERVE_BYTES, MADV_DONTNEED); }
