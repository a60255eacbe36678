/* Twice at each level: 2^40 files, without one error to stop at. */
#if __INCLUDE_LEVEL__ < 40
#include __FILE__
#include __FILE__
#endif
