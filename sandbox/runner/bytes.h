/* Big-endian integers. */
#pragma once

#include <stddef.h>
#include <stdint.h>

static inline uint64_t get_uint(const uint8_t *at, size_t size) {
  uint64_t value = 0;
  for (size_t i = 0; i < size; i++) value = value << 8 | at[i];
  return value;
}

static inline uint8_t *put_uint(uint8_t *at, size_t size, uint64_t value) {
  for (size_t i = size; i-- > 0; value >>= 8) at[i] = (uint8_t)value;
  return at + size;
}
