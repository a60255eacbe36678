template <int N> struct Endless {
  Endless<N + 1> *next;
  static const int value = Endless<N + 1>::value;
};
int main() { return Endless<0>::value; }
