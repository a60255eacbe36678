#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  if (argc > 1 && strcmp(argv[1], "sleep") == 0) sleep(~0u);
  if (argc > 1 && strcmp(argv[1], "select") == 0) select(0, NULL, NULL, NULL, NULL);
  for (;;) pause();
}
