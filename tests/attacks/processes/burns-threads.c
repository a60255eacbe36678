#include <pthread.h>

static void *burn(void *unused) {
  for (volatile unsigned long i = 0;; i++);
  return unused;
}

int main(void) {
  pthread_t thread;
  for (int i = 0; i < 7; i++) pthread_create(&thread, NULL, burn, NULL);
  burn(NULL);
}
