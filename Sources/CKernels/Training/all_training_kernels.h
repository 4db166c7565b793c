// Included once for each instruction set. The includer defines
//   NAME(x)                  the name of a function for this instruction set
//   FMA(a, b, c)             a * b + c, rounded once where the processor can
//   TILE_SIZE                sums of 16 lanes that stay in registers
//   CONV_COLUMNS, GRADIENT_COLUMNS
//                            columns of a tile: in convolutions and linear layers, and in gradients
//                            of convolutions' weights

#include "vectors.h"
#include "samples.h"
#include "ahead.h"
#include "convolution.h"
#include "linear.h"
#include "pooling.h"
#include "activation.h"
#include "batch_norm.h"
#include "group_norm.h"
#include "optimizer.h"
#include "cross_entropy.h"

#undef NAME
#undef FMA
#undef TILE_SIZE
#undef GRADIENT_COLUMNS
#undef CONV_COLUMNS
