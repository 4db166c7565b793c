// Included once for each instruction set. The includer defines
//   NAME(x)                  the name of a function for this instruction set
//   FMA(a, b, c)             a * b + c, rounded once where the processor can
//   LANES                    doubles of a register: 2, 4 or 8
//   DIRECT_ONE, DIRECT_TWO, DIRECT_MANY
//                            registers of sums for each of one, two or DIRECT_ROWS rows of outputs
//   DIRECT_SLIDES            if moving samples on by a lane, in registers of 64 bytes, is faster than loading
//                            them

#include "fourier_lanes.h"
#include "fourier_butterflies.h"
#include "fourier_columns.h"
#include "fourier_tiles.h"
#include "fourier.h"
#include "real_fourier.h"
#include "cyclic_convolution.h"

#ifdef DIRECT_SLIDES
_Static_assert(LANES == 8 && DIRECT_ONE % 2 == 0, "what slides is pairs of registers of 64 bytes");
#endif

#define SCALAR float
#define INTEGER int
#define NEXT_SAMPLES 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
#define PREVIOUS_SAMPLES 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30
#define DIRECT(x) NAME(x##_float)
#include "direct_convolution.h"

#define SCALAR double
#define INTEGER long
#define NEXT_SAMPLES 1, 2, 3, 4, 5, 6, 7, 8
#define PREVIOUS_SAMPLES 7, 8, 9, 10, 11, 12, 13, 14
#define DIRECT(x) NAME(x##_double)
#include "direct_convolution.h"

#undef NAME
#undef FMA
#undef LANES
#undef DIRECT_ONE
#undef DIRECT_TWO
#undef DIRECT_MANY
#undef DIRECT_ROWS
#undef DIRECT_SLIDES
#undef doubles
#undef pair
