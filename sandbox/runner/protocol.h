/* Numbers of PROTOCOL.md. */
#pragma once

#define PROTOCOL_VERSION 6

#define HEADER_BYTES 5
#define DATA_BYTES 65536u
#define PHASE_BYTES (1u << 20)
/* Smaller where its end is to be met often. */
#ifndef STDIN_WINDOW
#define STDIN_WINDOW (256u << 10)
#endif
#define NAME_BYTES 4096u
#define KEEP_BYTES (256u << 10)
#define ERROR_BYTES 1024u
#define ARGC_MAX 4096u
#define ENVC_MAX 1024u

enum host_frame {
  FILE_FRAME = 0x01,
  FILE_DATA,
  PHASE,
  STDIN,
  STDIN_END,
  START,
  RESET,
  EXECUTABLE,
  KEEP,
  PUT_BACK,
  SIGNAL = 0x60
};
enum runner_frame { HELLO = 0x81, STARTED, STDOUT, STDERR, STDIN_CREDIT, RESULT, ERROR, CLEAN, STDIN_CLOSED = 0xe0, SIGNAL_SENT };

/* Files out, apart from the rest. */
enum collect_frame { COLLECT = 0x46, FILE_FOUND = 0xc6, FILE_BYTES, FILE_LEFT_OUT, COLLECTED };

enum ending { EXITED, SIGNALLED, NOT_STARTED };
enum limit { LIMIT_NONE, LIMIT_CPU, LIMIT_WALL, LIMIT_OUTPUT, LIMIT_MEMORY };
enum memory_source { FROM_CGROUP, FROM_RUSAGE, FROM_SAMPLES };

/* Owns the box, and no program runs as it: what its owner alone may set on a directory would outlast a run. */
#define BOX_OWNER 65534u
/* Programs have a uid of their own for each run, the lowest first where the host names none, and this gid. */
#define RUN_UID_MIN 60000u
#define RUN_UID_MAX 60999u
#define RUN_GID 65534u
#define BOX "/box"
