/* Any bytes from a host, through parsers, states, files, stdin and signals; only programs are not run. Exits at the first finding. */
#include <assert.h>
#include <dirent.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../collection.h"
#include "../shortlist.h"

#define main runner_main
#include "../box.c"
#include "../files.c"
#include "../main.c"
#include "../obey.h"
#include "../signal-program.h"
#undef main

/* Where a name that leads out of the box would lead to. */
#define CANARY "/canary"
#define PROGRAM 4711

static jmp_buf ended;
static size_t phases;
static bool running;

/* What the runner would say is not read here; whatever ends it ends the input. */
void outbox_add(uint8_t type, const uint8_t *bytes, size_t length) {
  (void)type, (void)bytes, (void)length;
}
void outbox_drain(void) {}
bool inbox_next(struct frame *frame) { return (void)frame, false; }
void inbox_fill(void) {}
void host_gone(void) { abort(); }
void fatal(const char *message) {
  assert(strlen(message) <= ERROR_BYTES);
  longjmp(ended, 1);
}

static size_t total_of(char *const strings[]) {
  size_t total = 0;
  for (; *strings != NULL; strings++) total += strlen(*strings) + 1;
  return total;
}

void run_phase(const struct phase *asked) {
  assert(asked->argv[0] != NULL && asked->wall_ms > 0 && asked->cpu_ms > 0);
  assert(total_of(asked->argv) + total_of(asked->envp) <= PHASE_BYTES);
  phases++;
  running = true;
}
/* By their numbers: HUP, INT, QUIT, KILL, USR1, USR2, TERM. */
bool signal_program(pid_t program, int signal) {
  assert(running && program == PROGRAM && signal > 0 && memchr("\1\2\3\11\12\14\17", signal, 7) != NULL);
  return true;
}
void refuse_phase(int cause) { assert(cause > 0); }
/* What a reset does has checks of its own. */
void reset(uint32_t uid) { (void)uid; }
/* So has a search; what it is asked for is read here. */
void collect(const uint8_t *payload, size_t length) {
  uint8_t *copy = malloc(length);
  struct collection asked;
  memcpy(copy, payload, length);
  bool sound = collection_parse(copy, length, &asked);
  if (sound) assert(asked.count > 0 && asked.count <= PATTERNS_MOST && asked.files <= SHORTLIST_MOST);
  for (size_t i = 0; sound && i < asked.count; i++)
    pattern_step(&asked.patterns[i], pattern_begin(&asked.patterns[i]), "a.b");
  free(copy);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
  (void)status, (void)type;
  return walk->level == 0 ? 0 : remove(path);
}

static void expect_nothing_outside(void) {
  DIR *canary = opendir(CANARY);
  assert(canary != NULL);
  for (struct dirent *entry; (entry = readdir(canary)) != NULL;) assert(entry->d_name[0] == '.');
  closedir(canary);
}

static void begin_anew(void) {
  if (file >= 0) close(file);
  file = -1;
  wanted = 0;
  problem = 0;
  kept_bytes = 0;
  running = false;
  feed_begin();
  act_as_runner();
  assert(nftw(BOX, remove_entry, 16, FTW_DEPTH | FTW_PHYS) == 0);
}

/* A program runs until the host begins something else. */
static bool begins_anew(uint8_t type) {
  return type == FILE_FRAME || type == EXECUTABLE || type == PHASE || type == RESET;
}

static enum state take_frame(enum state state, const struct frame *frame) {
  if (running && !begins_anew(frame->type)) return obey(frame, PROGRAM), state;
  running = false;
  return state == READY ? when_ready(frame) : when_armed(frame);
}

/* In a buffer of exactly their size, so that reading on is seen. */
static void take(uint8_t *bytes, size_t size) {
  enum state state = READY;
  struct frame frame;
  for (size_t at = 0;;) {
    switch (frame_parse(bytes + at, size - at, &frame)) {
      case FRAME_PARTIAL: return;
      case FRAME_MALFORMED: fatal("malformed frame");
      case FRAME_WHOLE: break;
    }
    at += HEADER_BYTES + frame.length;
    state = take_frame(state, &frame);
  }
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc, (void)argv;
  box_open();
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t *volatile bytes = malloc(size);
  if (size > 0) memcpy(bytes, data, size);
  if (setjmp(ended) == 0) take(bytes, size);
  free(bytes);
  begin_anew();
  expect_nothing_outside();
  return 0;
}
