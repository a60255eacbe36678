#include <stdlib.h>
#include <string.h>

int main(void) {
  for (size_t size = 1 << 20;; ) memset(malloc(size), 1, size);
}
