// RMSNorm without its weight, over the last axis: y = x * inverse, inverse = 1 / sqrt(mean(x^2) + eps); and dx = inverse * (dy - y * mean(dy * y)).
#pragma once

#include <cmath>

#include "rows.h"
#include "tensorflow/core/framework/op.h"

namespace pretrainzero {

class RmsNorm : public tensorflow::OpKernel {
 public:
  explicit RmsNorm(tensorflow::OpKernelConstruction* context) : OpKernel(context) { OP_REQUIRES_OK(context, context->GetAttr("eps", &eps_)); }

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& x = context->input(0);
    const int64_t width = x.dim_size(x.dims() - 1);
    auto one_a_row = x.shape();
    one_a_row.set_dim(x.dims() - 1, 1);
    tensorflow::Tensor *values, *inverse;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &values));
    OP_REQUIRES_OK(context, context->allocate_output(1, one_a_row, &inverse));
    const float* from = Data(x);
    float* to = Data(values);
    float* inverses = Data(inverse);
    Share(context, inverse->NumElements(), width, [&](int64_t first, int64_t end) {
      for (int64_t row = first; row < end; row++) {
        const ConstRow source(from + row * width, width);
        inverses[row] = 1 / std::sqrt(source.square().sum() / width + eps_);
        Row(to + row * width, width) = source * inverses[row];
      }
    });
  }

 private:
  float eps_;
};

class RmsNormGradient : public tensorflow::OpKernel {
 public:
  explicit RmsNormGradient(tensorflow::OpKernelConstruction* context) : OpKernel(context) {}

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& gradient = context->input(0);
    const auto& values = context->input(1);
    const auto& inverse = context->input(2);
    OP_REQUIRES(context, gradient.shape() == values.shape(), tensorflow::errors::InvalidArgument("gradient and values differ in shape"));
    const int64_t width = values.dim_size(values.dims() - 1);
    tensorflow::Tensor* result;
    OP_REQUIRES_OK(context, context->allocate_output(0, values.shape(), &result));
    const float *dy = Data(gradient), *y = Data(values), *inverses = Data(inverse);
    float* dx = Data(result);
    Share(context, inverse.NumElements(), 2 * width, [&](int64_t first, int64_t end) {
      for (int64_t row = first; row < end; row++) {
        const ConstRow slope(dy + row * width, width), value(y + row * width, width);
        const float mean = (slope * value).sum() / width;
        Row(dx + row * width, width) = (slope - value * mean) * inverses[row];
      }
    });
  }
};

REGISTER_OP("PretrainzeroRmsNorm").Input("x: float").Output("values: float").Output("inverse: float").Attr("eps: float");
REGISTER_OP("PretrainzeroRmsNormGradient").Input("gradient: float").Input("values: float").Input("inverse: float").Output("result: float");
REGISTER_KERNEL_BUILDER(Name("PretrainzeroRmsNorm").Device(tensorflow::DEVICE_CPU), RmsNorm);
REGISTER_KERNEL_BUILDER(Name("PretrainzeroRmsNormGradient").Device(tensorflow::DEVICE_CPU), RmsNormGradient);

}  // namespace pretrainzero
