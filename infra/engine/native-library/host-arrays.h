// What the host does with weights and gradients, in place, on arrays of JavaScript: AdamW, a norm's square, and a gradient freed of the norm's weight that was folded in. Arithmetic in float64 as in JavaScript, and with
// -ffp-contract=off to the same bits, but for sums, which are taken in lanes.
#pragma once

#include <cmath>
#include <cstddef>

namespace pretrainzero {

constexpr size_t kLanes = 16;

struct Floats {
  float* data;
  size_t size;
};

inline double Total(const double (&lanes)[kLanes]) {
  double sum = 0;
  for (double lane : lanes) sum += lane;
  return sum;
}

inline double Squares(const Floats& values) {
  double lanes[kLanes] = {};
  size_t i = 0;
  for (; i + kLanes <= values.size; i += kLanes) {
    for (size_t lane = 0; lane < kLanes; lane++) {
      const double value = values.data[i + lane];
      lanes[lane] += value * value;
    }
  }
  for (; i < values.size; i++) lanes[0] += double{values.data[i]} * values.data[i];
  return Total(lanes);
}

struct AdamWStep {
  double scale, beta1, beta2, rate, keep, second_correction, epsilon;
};

// Returns the sum of the squares of the changes.
inline double AdamW(const Floats& weights, const float* gradient, float* first, float* second, const AdamWStep& step) {
  double lanes[kLanes] = {};
  for (size_t start = 0; start < weights.size; start += kLanes) {
    const size_t end = weights.size - start < kLanes ? weights.size - start : kLanes;
    float* weight = weights.data + start;
    for (size_t lane = 0; lane < end; lane++) {
      const size_t i = start + lane;
      const double g = gradient[i] * step.scale;
      const double m = step.beta1 * first[i] + (1 - step.beta1) * g;
      const double v = step.beta2 * second[i] + (1 - step.beta2) * g * g;
      first[i] = static_cast<float>(m);
      second[i] = static_cast<float>(v);
      const double before = weight[lane];
      const float after = static_cast<float>(before * step.keep - (step.rate * m) / (std::sqrt(v) * step.second_correction + step.epsilon));
      weight[lane] = after;
      const double change = after - before;
      lanes[lane] += change * change;
    }
  }
  return Total(lanes);
}

// With E = W * s: dW = dE * s in place of dE, and to `of_scale`, ds, is added the sum of dE * W over the rows.
inline void Unfold(const Floats& gradient, const float* weights, const Floats& scale, double* of_scale) {
  for (size_t row = 0; row < gradient.size; row += scale.size) {
    for (size_t column = 0; column < scale.size; column++) {
      of_scale[column] += double{gradient.data[row + column]} * weights[row + column];
      gradient.data[row + column] *= scale.data[column];
    }
  }
}

}  // namespace pretrainzero
