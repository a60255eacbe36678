#include "oom-score.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void set_oom_score(const char *score) {
  int file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  ssize_t written = write(file, score, strlen(score));
  (void)written;
  close(file);
}
