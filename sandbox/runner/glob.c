#include "glob.h"

#include <string.h>

static bool is_any_depth(const char *name) { return strcmp(name, "**") == 0; }

static bool is_sound(const char *name) {
  if (name[0] == 0 || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) return false;
  return is_any_depth(name) || strstr(name, "**") == NULL;
}

bool pattern_parse(char *text, struct pattern *pattern) {
  if (strlen(text) > PATTERN_BYTES) return false;
  pattern->count = 0;
  for (char *rest = text, *name; (name = strsep(&rest, "/")) != NULL;) {
    if (pattern->count == PATTERN_NAMES || !is_sound(name)) return false;
    pattern->names[pattern->count++] = name;
  }
  /* Whatever lies below, but not the directory itself. */
  if (is_any_depth(pattern->names[pattern->count - 1])) pattern->names[pattern->count++] = "*";
  return true;
}

static const char *next_character(const char *at) {
  do at++;
  while (((unsigned char)*at & 0xc0) == 0x80);
  return at;
}

/* Goes back to the last star only: an earlier one never needs to take more. Hidden names are met by a dot alone. */
static bool name_matches(const char *pattern, const char *name) {
  const char *after_star = NULL, *taken = NULL;
  if (name[0] == '.' && pattern[0] != '.') return false;
  while (*name != 0) {
    if (*pattern == '*') {
      after_star = ++pattern;
      taken = name;
    } else if (*pattern == '?') {
      pattern++;
      name = next_character(name);
    } else if (*pattern == *name) {
      pattern++;
      name++;
    } else if (after_star != NULL) {
      pattern = after_star;
      name = taken = next_character(taken);
    } else {
      return false;
    }
  }
  while (*pattern == '*') pattern++;
  return *pattern == 0;
}

/* Any depth may be none. */
static progress settle(const struct pattern *pattern, progress at) {
  for (size_t i = 0; i < pattern->count; i++)
    if ((at >> i & 1) != 0 && is_any_depth(pattern->names[i])) at |= 2u << i;
  return at;
}

progress pattern_begin(const struct pattern *pattern) { return settle(pattern, 1); }

progress pattern_step(const struct pattern *pattern, progress at, const char *name) {
  progress next = 0;
  for (size_t i = 0; i < pattern->count; i++) {
    if ((at >> i & 1) == 0) continue;
    if (!is_any_depth(pattern->names[i])) next |= (progress)name_matches(pattern->names[i], name) << (i + 1);
    else if (name[0] != '.') next |= 1u << i;
  }
  return settle(pattern, next);
}

bool pattern_is_met(const struct pattern *pattern, progress at) { return (at >> pattern->count & 1) != 0; }

bool pattern_goes_on(const struct pattern *pattern, progress at) { return (at & ((1u << pattern->count) - 1)) != 0; }
