#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  int file = open("huge", O_CREAT | O_RDWR, 0600);
  off_t size = (off_t)1 << 40;
  if (argc > 1 && strcmp(argv[1], "fallocate") == 0) return posix_fallocate(file, 0, size);
  if (argc > 1 && strcmp(argv[1], "seek") == 0) return pwrite(file, "x", 1, size) != 1;
  return ftruncate(file, size) != 0;
}
