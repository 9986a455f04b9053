// SwiGLU: a = silu(g) * u, silu(g) = g * s, s = sigmoid(g); and du = da * silu(g), dg = da * u * (s + silu(g) * (1 - s)).
#pragma once

#include <algorithm>

#include "rows.h"
#include "tensorflow/core/framework/op.h"

namespace pretrainzero {

// Elements that are computed at once, so that what lies between stays in the cache.
constexpr int64_t kPiece = 1024;

inline int64_t PiecesOf(const tensorflow::Tensor& tensor) { return (tensor.NumElements() + kPiece - 1) / kPiece; }

class SwiGlu : public tensorflow::OpKernel {
 public:
  explicit SwiGlu(tensorflow::OpKernelConstruction* context) : OpKernel(context) {}

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& gate = context->input(0);
    const auto& up = context->input(1);
    OP_REQUIRES(context, gate.shape() == up.shape(), tensorflow::errors::InvalidArgument("gate and up differ in shape"));
    tensorflow::Tensor* activated;
    OP_REQUIRES_OK(context, context->allocate_output(0, gate.shape(), &activated));
    const int64_t count = gate.NumElements();
    const float *g = Data(gate), *u = Data(up);
    float* a = Data(activated);
    Share(context, PiecesOf(gate), 2 * kPiece, [&](int64_t first, int64_t end) {
      const int64_t start = first * kPiece, size = std::min(end * kPiece, count) - start;
      const ConstRow gates(g + start, size), ups(u + start, size);
      Row(a + start, size) = gates * ups / (1 + (-gates).exp());
    });
  }
};

class SwiGluGradient : public tensorflow::OpKernel {
 public:
  explicit SwiGluGradient(tensorflow::OpKernelConstruction* context) : OpKernel(context) {}

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& gradient = context->input(0);
    const auto& gate = context->input(1);
    const auto& up = context->input(2);
    OP_REQUIRES(context, gate.shape() == up.shape() && gate.shape() == gradient.shape(), tensorflow::errors::InvalidArgument("gradient, gate and up differ in shape"));
    tensorflow::Tensor *of_gate, *of_up, *activated;
    OP_REQUIRES_OK(context, context->allocate_output(0, gate.shape(), &of_gate));
    OP_REQUIRES_OK(context, context->allocate_output(1, gate.shape(), &of_up));
    OP_REQUIRES_OK(context, context->allocate_output(2, gate.shape(), &activated));
    const int64_t count = gate.NumElements();
    const float *da = Data(gradient), *g = Data(gate), *u = Data(up);
    float *dg = Data(of_gate), *du = Data(of_up), *a = Data(activated);
    Share(context, PiecesOf(gate), 4 * kPiece, [&](int64_t first, int64_t end) {
      Eigen::Array<float, Eigen::Dynamic, 1, 0, kPiece, 1> sigmoid, silu;
      for (int64_t start = first * kPiece; start < std::min(end * kPiece, count); start += kPiece) {
        const int64_t size = std::min(kPiece, count - start);
        const ConstRow slopes(da + start, size), gates(g + start, size), ups(u + start, size);
        sigmoid = 1 / (1 + (-gates).exp());
        silu = gates * sigmoid;
        Row(dg + start, size) = slopes * ups * (sigmoid + silu * (1 - sigmoid));
        Row(du + start, size) = slopes * silu;
        Row(a + start, size) = silu * ups;
      }
    });
  }
};

REGISTER_OP("PretrainzeroSwiGlu").Input("gate: float").Input("up: float").Output("activated: float");
REGISTER_OP("PretrainzeroSwiGluGradient").Input("gradient: float").Input("gate: float").Input("up: float").Output("of_gate: float").Output("of_up: float").Output("activated: float");
REGISTER_KERNEL_BUILDER(Name("PretrainzeroSwiGlu").Device(tensorflow::DEVICE_CPU), SwiGlu);
REGISTER_KERNEL_BUILDER(Name("PretrainzeroSwiGluGradient").Device(tensorflow::DEVICE_CPU), SwiGluGradient);

}  // namespace pretrainzero
