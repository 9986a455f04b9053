// Y = X W, or Y += X W, W in panels of 8 columns, [panels, inputs, 8], as the kernel of sampling in WebAssembly, with wider vectors and to the same bits: every element is summed over the inputs in their order, one
// product after the other, each rounded by itself (-ffp-contract=off).
#pragma once

#include <cstdint>

#ifdef __AVX512F__
#include <immintrin.h>
#endif

namespace pretrainzero {

constexpr int64_t kPanelColumns = 8;

// Strides in floats.
struct Product {
  int64_t stride_x, rows, inputs, stride_y;
  bool adds;

  int64_t PanelFloats() const { return kPanelColumns * inputs; }
};

// One panel at once.
struct OnePanel {
  typedef float Vector __attribute__((vector_size(32), aligned(4)));
  static constexpr int64_t kPanels = 1;

  static Vector Weights(const float* panel, int64_t) { return *reinterpret_cast<const Vector*>(panel); }
  static Vector Read(const float* y) { return *reinterpret_cast<const Vector*>(y); }
  static void Write(float* y, Vector sums) { *reinterpret_cast<Vector*>(y) = sums; }
};

#ifdef __AVX512F__
// Two panels that stand side by side in the result, in one register.
struct TwoPanels {
  typedef float Vector __attribute__((vector_size(64), aligned(4)));
  static constexpr int64_t kPanels = 2;

  static Vector Weights(const float* panel, int64_t panel_floats) {
    const auto low = _mm512_castps_pd(_mm512_castps256_ps512(_mm256_loadu_ps(panel)));
    return (Vector)_mm512_insertf64x4(low, _mm256_castps_pd(_mm256_loadu_ps(panel + panel_floats)), 1);
  }
  static Vector Read(const float* y) { return *reinterpret_cast<const Vector*>(y); }
  static void Write(float* y, Vector sums) { *reinterpret_cast<Vector*>(y) = sums; }
};
using Widest = TwoPanels;
#else
using Widest = OnePanel;
#endif

template <typename Panels, int kRows, int kVectors>
void Tile(const Product& product, const float* x, const float* panel, float* y) {
  constexpr int64_t kColumns = Panels::kPanels * kPanelColumns;
  typename Panels::Vector sums[kRows][kVectors];
  for (int row = 0; row < kRows; row++) {
    for (int v = 0; v < kVectors; v++) sums[row][v] = product.adds ? Panels::Read(y + row * product.stride_y + v * kColumns) : typename Panels::Vector{};
  }
  for (int64_t input = 0; input < product.inputs; input++) {
    typename Panels::Vector weights[kVectors];
    for (int v = 0; v < kVectors; v++) weights[v] = Panels::Weights(panel + v * Panels::kPanels * product.PanelFloats() + input * kPanelColumns, product.PanelFloats());
    for (int row = 0; row < kRows; row++) {
      for (int v = 0; v < kVectors; v++) sums[row][v] += x[row * product.stride_x + input] * weights[v];
    }
  }
  for (int row = 0; row < kRows; row++) {
    for (int v = 0; v < kVectors; v++) Panels::Write(y + row * product.stride_y + v * kColumns, sums[row][v]);
  }
}

// All rows by some panels; several sums at once, so that none waits for itself.
template <typename Panels, int kRows, int kVectors>
int64_t RowsFrom(int64_t row, const Product& product, const float* x, const float* panel, float* y) {
  for (; row + kRows <= product.rows; row += kRows) Tile<Panels, kRows, kVectors>(product, x + row * product.stride_x, panel, y + row * product.stride_y);
  return row;
}

template <typename Panels, int kVectors>
int64_t PanelsFrom(int64_t panel, int64_t panels, const Product& product, const float* x, const float* weights, float* y) {
  constexpr int64_t kStep = kVectors * Panels::kPanels;
  for (; panel + kStep <= panels; panel += kStep) {
    const float* from = weights + panel * product.PanelFloats();
    float* to = y + panel * kPanelColumns;
    int64_t row = 0;
    if constexpr (kVectors <= 2) {
      row = RowsFrom<Panels, 8, kVectors>(row, product, x, from, to);
      row = RowsFrom<Panels, 4, kVectors>(row, product, x, from, to);
    }
    RowsFrom<Panels, 1, kVectors>(row, product, x, from, to);
  }
  return panel;
}

inline void Multiply(const Product& product, const float* x, const float* weights, int64_t panels, float* y) {
  int64_t panel = 0;
  if (product.rows < 4) panel = PanelsFrom<Widest, 8>(panel, panels, product, x, weights, y);
  panel = PanelsFrom<Widest, 2>(panel, panels, product, x, weights, y);
  panel = PanelsFrom<Widest, 1>(panel, panels, product, x, weights, y);
  PanelsFrom<OnePanel, 1>(panel, panels, product, x, weights, y);
}

}  // namespace pretrainzero
