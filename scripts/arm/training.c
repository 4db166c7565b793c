// Cases of the kernels of training.

#include "check.h"

#include <math.h>

enum { width = etude_chunk_width };

static ptrdiff_t chunks_of(ptrdiff_t samples) { return (samples + width - 1) / width; }

// The part of one of up to three threads.
static struct etude_share share(void) {
  const ptrdiff_t count = between(1, 3);
  return (struct etude_share){below(count), count};
}

static const struct etude_share whole = {0, 1};

static float *positive_floats(ptrdiff_t count) {
  float *values = floats(count);
  for (ptrdiff_t i = 0; i < count; i++) values[i] = fabsf(values[i]);
  return values;
}

// MARK: Convolutions and linear layers

struct geometry {
  ptrdiff_t groups, rows, depth, length, taps, stride, padding, dilation, outputs, chunks;
};

static struct geometry made_up_geometry(void) {
  struct geometry g = {
    .groups = between(1, 3), .rows = between(1, 9), .depth = between(1, 6), .taps = between(1, 7),
    .stride = between(1, 3), .padding = below(5), .dilation = between(1, 3), .chunks = between(1, 3)};
  // As linear layers have it: more terms than a tile adds up at once.
  if (below(4) == 0) {
    g.depth = between(300, 900);
    g.taps = g.groups = g.chunks = 1;
  }
  const ptrdiff_t room = (g.taps - 1) * g.dilation + 1 - 2 * g.padding;
  g.length = (room > 1 ? room : 1) + below(14);
  g.outputs = (g.length - room) / g.stride + 1;
  return g;
}

// The numbers n below `limit` for which start + n * step is inside of 0 ..< length.
static struct etude_span inside(ptrdiff_t start, ptrdiff_t step, ptrdiff_t length, ptrdiff_t limit) {
  struct etude_span span = {0};
  while (span.first < limit && start + span.first * step < 0) span.first++;
  while (span.first + span.count < limit && start + (span.first + span.count) * step < length) span.count++;
  return span;
}

static void conv_forward(const struct etude_kernels *k) {
  const struct geometry g = made_up_geometry();
  struct etude_convolution shape = {
    .groups = g.groups, .rows = g.rows, .depth = g.depth, .chunks = g.chunks,
    .weight_group = g.rows * g.depth * g.taps, .weight_row = g.depth * g.taps, .weight_depth = g.taps,
    .input_depth = g.length * width, .input_chunk = g.groups * g.depth * g.length * width,
    .output_row = g.outputs * width, .output_chunk = g.groups * g.rows * g.outputs * width};
  // As for the gradient of inputs.
  if (below(2)) {
    shape.weight_row = g.taps;
    shape.weight_depth = g.rows * g.taps;
  }
  struct etude_tap *taps = bytes(g.taps * sizeof *taps);
  for (ptrdiff_t tap = 0; tap < g.taps; tap++)
    taps[tap] = (struct etude_tap){tap, tap * g.dilation * width};
  const float *weights = floats(g.groups * shape.weight_group);
  const float *bias = below(2) ? floats(g.groups * g.rows) : NULL;
  const float *input = floats(g.chunks * shape.input_chunk);
  float *output = floats(g.chunks * shape.output_chunk);
  struct etude_column *columns = bytes(g.outputs * sizeof *columns);
  const int relu = below(2);
  const ptrdiff_t claim_count = below(300);
  float *claims = claim_count ? floats(claim_count) : NULL;
  // Neighbouring outputs that the same taps reach go in one call.
  for (ptrdiff_t first = 0, end; first < g.outputs; first = end) {
    struct etude_span reach = inside(first * g.stride - g.padding, g.dilation, g.length, g.taps), next = reach;
    for (end = first; end < g.outputs && next.first == reach.first && next.count == reach.count; end++) {
      columns[end] = (struct etude_column){(end * g.stride - g.padding) * width, end * width};
      next = inside((end + 1) * g.stride - g.padding, g.dilation, g.length, g.taps);
    }
    // All threads, since the size of tiles, which differs, decides who computes what.
    for (struct etude_share part = {0, between(1, 3)}; part.index < part.count; part.index++)
      k->conv_forward(
        part, &shape, taps + reach.first, reach.count, columns + first, end - first, weights, bias, relu, input,
        output, claims, claim_count);
  }
}

static void weight_gradient(const struct etude_kernels *k) {
  const struct geometry g = made_up_geometry();
  const struct etude_weight_gradient shape = {
    .groups = g.groups, .rows = g.rows, .columns = g.depth, .taps = g.taps, .chunks = g.chunks,
    .row_channel = g.outputs * width, .row_chunk = g.groups * g.rows * g.outputs * width,
    .column_channel = g.length * width, .column_chunk = g.groups * g.depth * g.length * width,
    .column_step = g.stride * width};
  struct etude_span *spans = bytes(g.taps * sizeof *spans);
  for (ptrdiff_t tap = 0; tap < g.taps; tap++) {
    const ptrdiff_t start = tap * g.dilation - g.padding;
    spans[tap] = inside(start, g.stride, g.length, g.outputs);
    spans[tap].column_side = (spans[tap].first * g.stride + start) * width;
  }
  const ptrdiff_t size = g.groups * g.rows * g.depth * g.taps;
  k->weight_gradient(
    share(), &shape, spans, floats(g.chunks * shape.row_chunk), floats(g.chunks * shape.column_chunk),
    floats(g.chunks * size), below(2) ? size : 0);
}

static struct etude_linear_gradient made_up_linear(void) {
  const ptrdiff_t inputs = between(1, 120);
  return (struct etude_linear_gradient){between(1, 20), inputs, between(1, 50), chunks_of(inputs) * width};
}

static void check_layers(const struct etude_kernels *k) {
  CASES(load_samples) {
    const ptrdiff_t count = between(1, 50), size = between(1, 40), stored = between(1, 60);
    ptrdiff_t *indices = bytes(count * sizeof *indices);
    for (ptrdiff_t i = 0; i < count; i++) indices[i] = below(stored);
    k->load_samples(
      share(), count, indices, size, floats(stored * size), floats(chunks_of(count) * size * width));
  }
  CASES(conv_forward) conv_forward(k);
  CASES(weight_gradient) weight_gradient(k);
  CASES(transpose) {
    const struct etude_linear_gradient shape = made_up_linear();
    const ptrdiff_t lanes = chunks_of(shape.samples) * width;
    k->transpose(share(), &shape, floats(lanes * shape.inputs), floats(lanes * shape.row));
  }
  CASES(linear_gradient) {
    const struct etude_linear_gradient shape = made_up_linear();
    const ptrdiff_t lanes = chunks_of(shape.samples) * width, size = shape.outputs * shape.inputs;
    k->linear_gradient(
      share(), &shape, floats(lanes * shape.outputs), floats(lanes * shape.row), floats(size), below(2),
      below(2) ? floats(size) : NULL);
  }
  CASES(bias_gradient) {
    const ptrdiff_t channels = between(1, 9), chunks = between(1, 3), size = between(1, 30) * width;
    k->bias_gradient(
      share(), channels, chunks, size, floats(chunks * channels * size), floats(chunks * channels),
      below(2) ? channels : 0);
  }
  CASES(add_chunks) {
    const ptrdiff_t count = between(1, 100), chunks = between(1, 4), chunk_size = count + below(9);
    k->add_chunks(count, chunks, floats(chunks * chunk_size), chunk_size, floats(count));
  }
}

// MARK: Pooling

struct pooling {
  struct etude_pooling shape;
  ptrdiff_t inputs, outputs;
};

static struct pooling made_up_pooling(ptrdiff_t dilation) {
  struct etude_pooling shape = {
    .rows = between(1, 6), .size = between(1, 6), .stride = between(1, 6), .dilation = dilation,
    .counts_padding = below(2)};
  shape.padding = below(shape.size / 2 + 1);
  const ptrdiff_t room = (shape.size - 1) * dilation + 1 - 2 * shape.padding;
  shape.length = (room > 1 ? room : 1) + below(20);
  shape.outputs = (shape.length - room) / shape.stride + 1;
  // Half of the time, a last window that is not whole counts.
  const int has_rest = (shape.length - room) % shape.stride != 0;
  if (has_rest && shape.outputs * shape.stride < shape.length + shape.padding) shape.outputs += below(2);
  return (struct pooling){shape, shape.rows * shape.length * width, shape.rows * shape.outputs * width};
}

static void check_pooling(const struct etude_kernels *k) {
  CASES(max_pool) {
    const struct pooling p = made_up_pooling(between(1, 3));
    k->max_pool(share(), &p.shape, floats(p.inputs), floats(p.outputs));
  }
  CASES(max_pool_gradient) {
    const struct pooling p = made_up_pooling(below(2) ? 1 : between(2, 3));
    float *input = floats(p.inputs), *output = floats(p.outputs);
    k->max_pool(whole, &p.shape, input, output);
    k->max_pool_gradient(share(), &p.shape, input, output, floats(p.outputs), below(2), floats(p.inputs));
  }
  CASES(average_pool) {
    const struct pooling p = made_up_pooling(1);
    k->average_pool(share(), &p.shape, floats(p.inputs), floats(p.outputs));
  }
  CASES(average_pool_gradient) {
    const struct pooling p = made_up_pooling(1);
    k->average_pool_gradient(share(), &p.shape, floats(p.outputs), floats(p.inputs));
  }
}

// MARK: One value at a time

static void check_values(const struct etude_kernels *k) {
  CASES(relu_gradient) {
    const ptrdiff_t count = between(1, 40) * width;
    k->relu_gradient(share(), count, floats(count), floats(count));
  }
  CASES(multiply) {
    const ptrdiff_t count = between(1, 40) * width;
    k->multiply(share(), count, floats(count), floats(count), floats(count));
  }
  CASES(activate) {
    const ptrdiff_t count = between(1, 40) * width;
    k->activate(share(), below(etude_silu + 1), number(), count, floats(count), floats(count));
  }
  CASES(activation_gradient) {
    const ptrdiff_t count = between(1, 40) * width;
    const enum etude_activation function = below(etude_silu + 1);
    const float parameter = number();
    float *input = floats(count), *output = floats(count);
    k->activate(whole, function, parameter, count, input, output);
    k->activation_gradient(share(), function, parameter, count, floats(count), input, output, floats(count));
  }
}

// MARK: Normalisation

static void check_norms(const struct etude_kernels *k) {
  CASES(batch_norm) {
    const ptrdiff_t c = between(1, 7), length = between(1, 9), samples = between(2, 40);
    const struct etude_batch_norm shape = {c, length, samples, 1e-5, 0.1f};
    const ptrdiff_t count = chunks_of(samples) * c * length * width;
    k->batch_norm(
      share(), &shape, floats(c), floats(c), floats(c), positive_floats(c), below(2), floats(count), floats(count));
  }
  CASES(batch_norm_gradient) {
    const ptrdiff_t c = between(1, 7), length = between(1, 9), samples = between(2, 40);
    const struct etude_batch_norm shape = {c, length, samples, 1e-5, 0.1f};
    const ptrdiff_t count = chunks_of(samples) * c * length * width;
    k->batch_norm_gradient(
      share(), &shape, floats(c), floats(count), floats(count), floats(c), floats(c),
      below(4) ? floats(count) : NULL);
  }
  // The way back needs the statistics of the way there.
  for (int is_gradient = 0; is_gradient < 2; is_gradient++) {
    for (begin_kernel(is_gradient ? "group_norm_gradient" : "group_norm"); next_case();) {
      const ptrdiff_t groups = between(1, 4), c = groups * between(1, 3), length = between(1, 9);
      const struct etude_group_norm shape = {c, groups, length, between(1, 40), 1e-5};
      const ptrdiff_t chunks = chunks_of(shape.samples), count = chunks * c * length * width;
      float *weight = below(3) ? floats(c) : NULL, *bias = weight ? floats(c) : NULL;
      float *input = floats(count), *statistics = floats(2 * chunks * groups * width);
      k->group_norm(is_gradient ? whole : share(), &shape, weight, bias, input, floats(count), statistics);
      if (is_gradient)
        k->group_norm_gradient(
          share(), &shape, weight, statistics, input, floats(count), weight ? floats(c) : NULL,
          weight ? floats(c) : NULL, below(4) ? floats(count) : NULL);
    }
  }
}

// MARK: Optimisers and loss

static struct etude_cross_entropy made_up_targets(void) {
  const ptrdiff_t classes = between(1, 12);
  return (struct etude_cross_entropy){
    classes, between(1, 40), table(classes), table(classes), table(classes), below(2)};
}

static int *made_up_labels(const struct etude_cross_entropy *shape) {
  int *labels = bytes(shape->samples * sizeof *labels);
  for (ptrdiff_t i = 0; i < shape->samples; i++) labels[i] = below(shape->classes);
  return labels;
}

static void check_steps(const struct etude_kernels *k) {
  CASES(sgd) {
    const struct etude_sgd settings = {number(), number(), number(), number(), below(2)};
    const ptrdiff_t count = between(1, 200);
    k->sgd(share(), &settings, count, floats(count), below(3) ? floats(count) : NULL, floats(count));
  }
  CASES(asgd) {
    const struct etude_asgd settings = {number(), number(), number(), number()};
    const ptrdiff_t count = between(1, 200);
    k->asgd(share(), &settings, count, floats(count), below(3) ? floats(count) : NULL, floats(count));
  }
  CASES(adam) {
    const float keep2 = fabs(number()), share2 = fabs(number());
    const struct etude_adam settings = {number(), number(), number(), share2, keep2, 1e-8f, number(), number()};
    const ptrdiff_t count = between(1, 200);
    k->adam(share(), &settings, count, floats(count), floats(count), positive_floats(count), floats(count));
  }
  CASES(cross_entropy) {
    const struct etude_cross_entropy shape = made_up_targets();
    const ptrdiff_t count = chunks_of(shape.samples) * shape.classes * width;
    k->cross_entropy(&shape, floats(count), made_up_labels(&shape), doubles(count), doubles(shape.samples));
  }
  CASES(cross_entropy_gradient) {
    const struct etude_cross_entropy shape = made_up_targets();
    const ptrdiff_t count = chunks_of(shape.samples) * shape.classes * width;
    k->cross_entropy_gradient(&shape, made_up_labels(&shape), doubles(count), number(), floats(count));
  }
}

void check_training(const struct etude_kernels *k) {
  check_layers(k);
  check_pooling(k);
  check_values(k);
  check_norms(k);
  check_steps(k);
}
