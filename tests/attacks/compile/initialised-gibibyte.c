char gibibyte[1 << 30] = {1};
int main(void) { return gibibyte[0]; }
