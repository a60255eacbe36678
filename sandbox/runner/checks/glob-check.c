/* Patterns meet what a plain, slow reading of their meaning says; whatever is no pattern is refused. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../glob.h"
#include "random.h"

#define ROUNDS 300000
#define LONGEST 16

/* The meaning, name by name and character by character. */
static bool name_meets(const char *pattern, const char *name) {
  if (*pattern == '*') return name_meets(pattern + 1, name) || (*name != 0 && name_meets(pattern, name + 1));
  if (*pattern == 0 || *name == 0) return *pattern == *name;
  return (*pattern == '?' || *pattern == *name) && name_meets(pattern + 1, name + 1);
}

static bool shown(const char *pattern, const char *name) { return name[0] != '.' || pattern[0] == '.'; }

static bool meets(char *const patterns[], size_t count, char *const names[], size_t length) {
  if (count == 0) return length == 0;
  bool is_any = strcmp(patterns[0], "**") == 0;
  if (is_any && count == 1) return length > 0 && shown("", names[0]) && (length == 1 || meets(patterns, 1, names + 1, length - 1));
  if (is_any && meets(patterns + 1, count - 1, names, length)) return true;
  if (length == 0) return false;
  if (is_any) return shown("", names[0]) && meets(patterns, count, names + 1, length - 1);
  return shown(patterns[0], names[0]) && name_meets(patterns[0], names[0]) &&
         meets(patterns + 1, count - 1, names + 1, length - 1);
}

static void write_randomly(char *text, const char *letters) {
  size_t length = 1 + random_below(LONGEST - 1);
  for (size_t i = 0; i < length; i++) text[i] = letters[random_below(strlen(letters))];
  text[length] = 0;
}

static size_t cut(char *text, char *names[]) {
  size_t count = 0;
  for (char *name; (name = strsep(&text, "/")) != NULL;) names[count++] = name;
  return count;
}

static bool have_bytes(char *const names[], size_t count) {
  for (size_t i = 0; i < count; i++)
    if (names[i][0] == 0) return false;
  return true;
}

static bool walk(const struct pattern *pattern, char *const names[], size_t count) {
  progress at = pattern_begin(pattern);
  for (size_t i = 0; i < count; i++) {
    if (!pattern_goes_on(pattern, at)) return false;
    at = pattern_step(pattern, at, names[i]);
  }
  return pattern_is_met(pattern, at);
}

static void check_meaning(void) {
  size_t met = 0, tried = 0;
  for (int round = 0; round < ROUNDS; round++) {
    char *text = malloc(LONGEST + 1), copy[LONGEST + 1], path[LONGEST + 1], *patterns[LONGEST], *names[LONGEST];
    struct pattern pattern;
    write_randomly(text, "ab.?**//");
    write_randomly(path, "aab.//");
    strcpy(copy, text);
    size_t count = cut(copy, patterns), length = cut(path, names);
    if (have_bytes(names, length) && pattern_parse(text, &pattern)) {
      bool is_met = walk(&pattern, names, length);
      assert(is_met == meets(patterns, count, names, length));
      met += is_met;
      tried++;
    }
    free(text);
  }
  assert(met > 500 && met < tried - 500);
}

static bool parses(const char *text) {
  char *copy = strdup(text);
  struct pattern pattern;
  bool parsed = pattern_parse(copy, &pattern);
  free(copy);
  return parsed;
}

static void check_refusals(void) {
  const char *refused[] = {"", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "./a", "a**", "**b/c", "***"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) assert(!parses(refused[i]));
  char longest[PATTERN_BYTES + 2];
  memset(longest, 'a', sizeof longest);
  longest[PATTERN_BYTES] = 0;
  assert(parses(longest));
  longest[PATTERN_BYTES] = 'a', longest[PATTERN_BYTES + 1] = 0;
  assert(!parses(longest));
  assert(parses("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/**") && !parses("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"));
}

static bool name_is_met(const char *text, const char *name) {
  char copy[PATTERN_BYTES + 1];
  struct pattern pattern;
  strcpy(copy, text);
  assert(pattern_parse(copy, &pattern));
  return pattern_is_met(&pattern, pattern_step(&pattern, pattern_begin(&pattern), name));
}

static void check_characters(void) {
  assert(name_is_met("?", "\xc3\xa9") && !name_is_met("??", "\xc3\xa9") && name_is_met("*?x", "\xc3\xa9x"));
  assert(!name_is_met("*?\xa9", "\xc3\xa9") && name_is_met("?.txt", "\xff.txt"));
}

/* What a reading that tries everything would not live to end. */
static void check_cost(void) {
  char pattern[PATTERN_BYTES + 1], name[256];
  for (size_t i = 0; i < PATTERN_BYTES; i++) pattern[i] = i % 2 == 0 ? '*' : 'a';
  pattern[PATTERN_BYTES] = 0;
  memset(name, 'a', 255);
  name[255] = 0;
  for (int round = 0; round < 1000; round++) assert(name_is_met(pattern, name));
  pattern[PATTERN_BYTES - 1] = 'b';
  for (int round = 0; round < 1000; round++) assert(!name_is_met(pattern, name));
}

int main(void) {
  check_meaning();
  check_refusals();
  check_characters();
  check_cost();
  return puts("patterns mean what they say") < 0;
}
