template <int Depth, class Left, class Right> struct Tree {
  using Next = Tree<Depth - 1, Tree<Depth, Left, Right>, Tree<Depth, Right, Left>>;
  static const int value = Next::value + Tree<Depth - 1, Right, Left>::value;
};
template <class Left, class Right> struct Tree<0, Left, Right> {
  static const int value = 1;
};
int main() { return Tree<24, int, long>::value; }
