#include "phase.h"

#include <string.h>

#include "bytes.h"

#define FIXED_BYTES 36

struct cursor {
  uint8_t *at;
  size_t left;
};

static char *take_string(struct cursor *cursor) {
  if (cursor->left < 4) return NULL;
  size_t size = get_uint(cursor->at, 4);
  uint8_t *text = cursor->at + 4;
  if (size == 0 || cursor->left - 4 < size || memchr(text, 0, size) != text + size - 1) return NULL;
  *cursor = (struct cursor){.at = text + size, .left = cursor->left - 4 - size};
  return (char *)text;
}

static bool take_strings(struct cursor *cursor, size_t count, char **strings) {
  for (size_t i = 0; i < count; i++) {
    strings[i] = take_string(cursor);
    if (strings[i] == NULL) return false;
  }
  strings[count] = NULL;
  return true;
}

static bool limits_given(const struct phase *phase) {
  return phase->wall_ms > 0 && phase->cpu_ms > 0 && phase->output_bytes > 0 && phase->file_bytes > 0 &&
         phase->stack_bytes > 0;
}

bool phase_parse(uint8_t *payload, size_t length, struct phase *phase) {
  if (length < FIXED_BYTES) return false;
  phase->wall_ms = (uint32_t)get_uint(payload, 4);
  phase->cpu_ms = (uint32_t)get_uint(payload + 4, 4);
  phase->output_bytes = get_uint(payload + 8, 8);
  phase->file_bytes = get_uint(payload + 16, 8);
  phase->stack_bytes = get_uint(payload + 24, 8);
  size_t argc = get_uint(payload + 32, 2), envc = get_uint(payload + 34, 2);
  if (!limits_given(phase) || argc == 0 || argc > ARGC_MAX || envc > ENVC_MAX) return false;
  struct cursor cursor = {.at = payload + FIXED_BYTES, .left = length - FIXED_BYTES};
  return take_strings(&cursor, argc, phase->argv) && take_strings(&cursor, envc, phase->envp) && cursor.left == 0;
}
