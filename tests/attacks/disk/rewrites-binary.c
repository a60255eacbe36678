#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

int main(void) {
  struct stat left;
  puts(stat("altered", &left) < 0 ? "pristine" : "altered");
  fflush(stdout);
  unlink(".program");
  int copy = open(".program", O_CREAT | O_WRONLY, 0755);
  dprintf(copy, "#!/bin/sh\necho altered\n");
  return close(open("altered", O_CREAT, 0600));
}
