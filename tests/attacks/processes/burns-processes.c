#include <unistd.h>

int main(void) {
  fork(), fork(), fork();
  for (volatile unsigned long i = 0;; i++);
}
