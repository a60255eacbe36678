/* Throws mutated frames at the parsers; built with sanitizers, in buffers of exactly their size. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bytes.h"
#include "../collection.h"
#include "../frame.h"
#include "../phase.h"
#include "random.h"

#define ROUNDS 200000

/* Answers how many of the bytes are left. */
static size_t damage(uint8_t *payload, size_t size) {
  for (uint64_t changes = 1 + random_below(3); changes > 0; changes--)
    payload[random_below(size)] = (uint8_t)random_below(256);
  return size - random_below(2) * random_below(size);
}

static uint8_t *put_string(uint8_t *at, const char *text) {
  size_t size = strlen(text) + 1;
  memcpy(put_uint(at, 4, size), text, size);
  return at + 4 + size;
}

static size_t sound_phase(uint8_t *payload) {
  uint8_t *at = payload;
  at = put_uint(at, 4, 1000);
  at = put_uint(at, 4, 1000);
  for (int i = 0; i < 3; i++) at = put_uint(at, 8, 1 << 20);
  at = put_uint(at, 2, 2);
  at = put_uint(at, 2, 1);
  at = put_string(at, "cat");
  at = put_string(at, "");
  return (size_t)(put_string(at, "HOME=/box") - payload);
}

static uint8_t *exact_copy(const uint8_t *bytes, size_t size) {
  uint8_t *copy = malloc(size);
  assert(copy != NULL || size == 0);
  if (size > 0) memcpy(copy, bytes, size);
  return copy;
}

static size_t read_strings(char *const strings[]) {
  size_t total = 0;
  for (; *strings != NULL; strings++) total += strlen(*strings);
  return total;
}

static bool try_phase(const uint8_t *payload, size_t size) {
  static struct phase phase;
  uint8_t *copy = exact_copy(payload, size);
  bool sound = phase_parse(copy, size, &phase);
  if (sound) assert(read_strings(phase.argv) + read_strings(phase.envp) <= size);
  free(copy);
  return sound;
}

static void check_phases(void) {
  uint8_t payload[256];
  size_t size = sound_phase(payload), sound = 0;
  assert(try_phase(payload, size));
  for (size_t cut = 0; cut < size; cut++) assert(!try_phase(payload, cut));
  for (int round = 0; round < ROUNDS; round++) {
    sound_phase(payload);
    sound += try_phase(payload, damage(payload, size));
  }
  assert(sound > 0 && sound < ROUNDS);
}

static size_t sound_collection(uint8_t *payload) {
  static const char patterns[] = "*.png\0out/**";
  uint8_t *at = put_uint(payload, 4, 3);
  at = put_uint(at, 8, 1 << 20);
  at = put_uint(at, 8, 1 << 22);
  memcpy(at, patterns, sizeof patterns);
  return (size_t)(at - payload) + sizeof patterns;
}

static bool try_collection(const uint8_t *payload, size_t size) {
  struct collection collection;
  uint8_t *copy = exact_copy(payload, size);
  bool sound = collection_parse(copy, size, &collection);
  if (sound) assert(collection.count > 0 && collection.files > 0);
  for (size_t i = 0; sound && i < collection.count; i++) {
    const struct pattern *pattern = &collection.patterns[i];
    pattern_step(pattern, pattern_begin(pattern), "out");
  }
  free(copy);
  return sound;
}

static void check_collections(void) {
  uint8_t payload[64];
  size_t size = sound_collection(payload), sound = 0;
  assert(try_collection(payload, size));
  for (int round = 0; round < ROUNDS; round++) {
    sound_collection(payload);
    sound += try_collection(payload, damage(payload, size));
  }
  assert(sound > 0 && sound < ROUNDS);
}

static void check_frames(void) {
  uint8_t bytes[64];
  size_t seen[3] = {0};
  for (int round = 0; round < ROUNDS; round++) {
    size_t size = random_below(sizeof bytes);
    for (size_t i = 0; i < size; i++) bytes[i] = (uint8_t)random_below(i < 5 ? 8 : 256);
    if (size > 0 && random_below(8) == 0) bytes[0] = SIGNAL;
    if (size > 4) bytes[1] = bytes[2] = bytes[3] = (uint8_t)(random_below(8) == 0);
    uint8_t *copy = exact_copy(bytes, size);
    struct frame frame;
    enum frame_state state = frame_parse(copy, size, &frame);
    if (state == FRAME_WHOLE) assert(frame.payload + frame.length <= copy + size);
    seen[state]++;
    free(copy);
  }
  assert(seen[FRAME_WHOLE] > 0 && seen[FRAME_PARTIAL] > 0 && seen[FRAME_MALFORMED] > 0);
}

int main(void) {
  check_frames();
  check_phases();
  check_collections();
  return puts("parsers are sound") < 0;
}
