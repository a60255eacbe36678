#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

int main(void) {
  size_t size = 512u << 20;
  void *huge = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0);
  printf("huge pages: %s\n", huge == MAP_FAILED ? "refused" : "given");
  void *plain = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  printf("locked: %s\n", mlock(plain, size) < 0 ? "refused" : "given");
  printf("all locked: %s\n", mlockall(MCL_FUTURE) < 0 ? "refused" : mmap(NULL, size, PROT_READ | PROT_WRITE,
         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? "refused" : "given");
  return 0;
}
