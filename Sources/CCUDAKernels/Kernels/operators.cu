// Operators on arrays, with the same bits as on the CPU. Compiled with denormals kept (--ftz=false), as
// docs/arithmetic.md demands of arrays; training.cu flushes them. That is why there are two modules.

#include "operators/convolution.cuh"
#include "operators/elementwise.cuh"
#include "operators/linear.cuh"
#include "operators/pooling.cuh"
#include "operators/reduction.cuh"

#define KERNEL(name, argument, function, type) \
  extern "C" __global__ void __launch_bounds__(512, 1) name(const argument call) { \
    function<type>(call); \
  }

KERNEL(convolve_float, etude_cuda_convolution, convolve, float)
KERNEL(convolve_double, etude_cuda_convolution, convolve, double)
KERNEL(max_pool_float, etude_cuda_pooling, max_pool, float)
KERNEL(max_pool_double, etude_cuda_pooling, max_pool, double)
KERNEL(average_pool_float, etude_cuda_pooling, average_pool, float)
KERNEL(average_pool_double, etude_cuda_pooling, average_pool, double)
KERNEL(linear_float, etude_cuda_linear, linear, float)
KERNEL(linear_double, etude_cuda_linear, linear, double)
KERNEL(elementwise_float, etude_cuda_elementwise, elementwise, float)
KERNEL(elementwise_double, etude_cuda_elementwise, elementwise, double)
KERNEL(reduce_float, etude_cuda_reduce, reduce, float)
KERNEL(reduce_double, etude_cuda_reduce, reduce, double)

extern "C" __global__ void __launch_bounds__(512, 1)
convolve_transposed_float(const etude_cuda_convolution call) {
  convolve_each<true, float>(call);
}

extern "C" __global__ void __launch_bounds__(512, 1)
convolve_transposed_double(const etude_cuda_convolution call) {
  convolve_each<true, double>(call);
}
