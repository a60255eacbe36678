#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc < 2) abort();
  kill(getpid(), atoi(argv[1]));
  for (;;) pause();
}
