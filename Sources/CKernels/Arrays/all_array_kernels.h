// All loops for arrays, once for each NAME.

#include "array_vectors.h"
#include "array_elementary.h"
#include "array_loops.h"

#undef NAME
#undef MATRIX_VECTORS
#undef LOOP
#undef PAIR_LOOP
#undef CONVERSION
#undef WIDENING
#undef POLYNOMIAL
#undef MAGIC
#undef WITH_LARGE
#undef SCALE
