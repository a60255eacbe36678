#include "objects.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>

#include "outbox.h"
#include "read-text.h"

static int remove_memory(int id) { return shmctl(id, IPC_RMID, NULL); }
static int remove_semaphores(int id) { return semctl(id, 0, IPC_RMID); }
static int remove_queue(int id) { return msgctl(id, IPC_RMID, NULL); }

static struct kind {
  struct open_text table;
  int (*remove)(int id);
} KINDS[] = {
    {{"/proc/sysvipc/shm", -1}, remove_memory},
    {{"/proc/sysvipc/sem", -1}, remove_semaphores},
    {{"/proc/sysvipc/msg", -1}, remove_queue},
};

/* A line is `key id ...`, the first one names the columns. One read holds whole lines. */
static uint32_t remove_listed(const struct kind *kind, const char *text) {
  uint32_t removed = 0;
  for (const char *line = strchr(text, '\n'); line != NULL && line[1] != 0; line = strchr(line + 1, '\n')) {
    char *rest;
    strtol(line + 1, &rest, 10);
    if (kind->remove((int)strtol(rest, NULL, 10)) < 0) fatal("a System V object cannot be removed");
    removed++;
  }
  return removed;
}

static uint32_t remove_all(struct kind *kind) {
  char text[16u << 10];
  uint32_t removed = 0, found;
  do {
    if (read_open_text(&kind->table, text, sizeof text) <= 0) fatal("System V objects cannot be listed");
    removed += found = remove_listed(kind, text);
  } while (found > 0);
  return removed;
}

uint32_t objects_remove(void) {
  uint32_t removed = 0;
  for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) removed += remove_all(&KINDS[i]);
  return removed;
}
