#include "result.h"

#include <sys/wait.h>

#include "bytes.h"
#include "outbox.h"

#define RESULT_BYTES 73

void result_set_ending(struct result *result, int status, int failure) {
  if (failure != 0) {
    result->ending = NOT_STARTED;
    result->code = (uint32_t)failure;
  } else if (WIFSIGNALED(status)) {
    result->ending = SIGNALLED;
    result->code = (uint32_t)WTERMSIG(status);
  } else {
    result->ending = EXITED;
    result->code = (uint32_t)WEXITSTATUS(status);
  }
}

void result_send(const struct result *result) {
  uint8_t payload[RESULT_BYTES], *at = payload;
  at = put_uint(at, 1, result->ending);
  at = put_uint(at, 4, result->code);
  at = put_uint(at, 1, result->limit);
  at = put_uint(at, 8, result->wall_us);
  at = put_uint(at, 8, result->cpu_us);
  at = put_uint(at, 8, result->memory_bytes);
  at = put_uint(at, 1, result->memory_source);
  at = put_uint(at, 4, result->oom_kills);
  at = put_uint(at, 4, result->forks_refused);
  at = put_uint(at, 6, result->stdout_sent);
  at = put_uint(at, 1, result->stdout_truncated);
  at = put_uint(at, 6, result->stderr_sent);
  at = put_uint(at, 1, result->stderr_truncated);
  at = put_uint(at, 8, result->user_us);
  at = put_uint(at, 8, result->memory_ever);
  put_uint(at, 4, result->processes_ever);
  outbox_add(RESULT, payload, sizeof payload);
}
