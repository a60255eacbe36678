#include "reserve.h"

#include <stddef.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096u

static volatile char reserve[RESERVE_BYTES] __attribute__((aligned(4096)));

void reserve_take(void) {
  for (size_t at = 0; at < RESERVE_BYTES; at += PAGE_BYTES) reserve[at] = 1;
}

void reserve_release(void) { madvise((void *)reserve, RESERVE_BYTES, MADV_DONTNEED); }
