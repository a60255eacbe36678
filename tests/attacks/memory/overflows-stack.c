#include <stdio.h>
#include <string.h>

static int deeper(int depth) {
  volatile char frame[4096];
  memset((char *)frame, depth, sizeof frame);
  return deeper(depth + 1) + frame[depth % 4096];
}

int main(void) { return printf("%d\n", deeper(0)); }
