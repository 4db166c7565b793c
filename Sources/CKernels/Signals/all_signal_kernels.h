// Included once for each instruction set. The includer defines
//   NAME(x)                  the name of a function for this instruction set
//   FMA(a, b, c)             a * b + c, rounded once where the processor can
//   LANES                    doubles of a register: 2, 4 or 8
//   DIRECT_ONE, DIRECT_TWO, DIRECT_MANY
//                            registers of sums for each of one, two or DIRECT_ROWS rows of outputs

#include "fourier_lanes.h"
#include "fourier_butterflies.h"
#include "fourier_columns.h"
#include "fourier_tiles.h"
#include "fourier.h"
#include "real_fourier.h"
#include "cyclic_convolution.h"

#define SCALAR float
#define INTEGER int
#define DIRECT(x) NAME(x##_float)
#include "direct_convolution.h"

#define SCALAR double
#define INTEGER long
#define DIRECT(x) NAME(x##_double)
#include "direct_convolution.h"

#undef NAME
#undef FMA
#undef LANES
#undef DIRECT_ONE
#undef DIRECT_TWO
#undef DIRECT_MANY
#undef DIRECT_ROWS
#undef doubles
#undef pair
