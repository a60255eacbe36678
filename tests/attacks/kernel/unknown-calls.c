/* Numbers beyond what any kernel knew when the profile was written: none may be let through. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

int main(void) {
  for (long number = 463; number < 1024; number++) {
    long answer = syscall(number, 0L, 0L, 0L, 0L, 0L, 0L);
    if (answer != -1 || (errno != EPERM && errno != ENOSYS)) printf("%ld answered\n", number);
  }
  puts("tried");
  return 0;
}
