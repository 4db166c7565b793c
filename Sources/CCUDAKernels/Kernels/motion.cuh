// Which taps of a kernel meet the signal at which position: taps outside of it are skipped, not multiplied
// by 0.
#pragma once

#include "platform.cuh"

/// The taps that meet the signal at one position: `count` of them, `step` apart.
struct Taps {
  int first, step, count;
  /// Where the first one meets the signal, and how far from there the next one does.
  int input, input_step;
};

/// Most strides and dilations are 1, and divisions are slow.
static __device__ int64_t quotient(int64_t number, int64_t divisor) {
  return divisor == 1 ? number : number / divisor;
}

/// The quotient rounded up; for negative numbers, too.
static __device__ int64_t quotient_up(int64_t number, int64_t divisor) {
  if (divisor == 1) return number;
  return number > 0 ? (number - 1) / divisor + 1 : -(-number / divisor);
}

/// How kernels, or windows, move along the signal that is read.
template <bool is_transposed>
struct Motion {
  int64_t stride, padding, dilation, taps, input_length;
  /// Of the transpose: from one tap that meets a position to the next.
  int64_t tap_step = 1, input_step = 1;

  __device__ Motion(
    int64_t stride, int64_t padding, int64_t dilation, int64_t taps, int64_t input_length)
      : stride(stride), padding(padding), dilation(dilation), taps(taps),
        input_length(input_length) {
    if (!is_transposed) return;
    // The greatest common divisor.
    int64_t a = stride, b = dilation;
    while (b != 0) {
      const int64_t rest = a % b;
      a = b;
      b = rest;
    }
    tap_step = stride / a;
    input_step = dilation / a;
  }

  /// The most taps that any position has.
  __device__ int64_t tap_limit() const { return quotient(taps - 1, tap_step) + 1; }

  __device__ Taps at(int position) const {
    return is_transposed ? meeting(position) : inside(position);
  }

 private:
  /// Those that are not in the padding.
  __device__ Taps inside(int position) const {
    const int64_t start = position * stride - padding;
    const int64_t first = smaller(taps, larger<int64_t>(0, quotient_up(-start, dilation)));
    const int64_t end = smaller(taps, larger(first, quotient_up(input_length - start, dilation)));
    return {(int)first, 1, (int)(end - first), (int)(start + first * dilation), (int)dilation};
  }

  /// Tap k adds the sample (position + padding - k · dilation) / stride, where that is a whole number.
  __device__ Taps meeting(int position) const {
    const int64_t place = position + padding;
    const int64_t limit = smaller(taps, tap_step);
    int64_t first = 0;
    if (stride > 1 && dilation == 1) first = smaller(limit, place % stride);
    else if (stride > 1)
      while (first < limit && (place - first * dilation) % stride != 0) first++;
    const int64_t distance = place - first * dilation;
    if (first == limit || distance < 0) return {};
    int64_t input = quotient(distance, stride);
    int64_t count = smaller(quotient(taps - 1 - first, tap_step), quotient(input, input_step)) + 1;
    if (input >= input_length) {
      const int64_t skipped = quotient(input - input_length, input_step) + 1;
      first += skipped * tap_step;
      input -= skipped * input_step;
      count -= skipped;
      if (count <= 0) return {};
    }
    return {(int)first, (int)tap_step, (int)count, (int)input, (int)-input_step};
  }
};
