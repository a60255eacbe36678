/* The macro multiplies the errors, and each comes with notes of its own. */
#define TEN(x) x x x x x x x x x x

int main(void) { TEN(TEN(TEN(TEN(1 = 2;)))) }
