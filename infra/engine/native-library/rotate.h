// The rotary embedding of all heads of a pack, [T, H + 2K, D]: queries are turned and scaled, keys turned, values stay. Its gradient turns the other way.
#pragma once

#include <algorithm>

#include "rows.h"
#include "tensorflow/core/framework/op.h"

namespace pretrainzero {

class Rotate : public tensorflow::OpKernel {
 public:
  explicit Rotate(tensorflow::OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("queries", &queries_));
    OP_REQUIRES_OK(context, context->GetAttr("keys", &keys_));
    OP_REQUIRES_OK(context, context->GetAttr("scale", &scale_));
    OP_REQUIRES_OK(context, context->GetAttr("back", &back_));
  }

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& x = context->input(0);
    const auto& cosines = context->input(1);
    const auto& sines = context->input(2);
    const int64_t tokens = x.dim_size(0), heads = x.dim_size(1), width = x.dim_size(2), half = width / 2;
    OP_REQUIRES(context, cosines.NumElements() == tokens * half && sines.NumElements() == tokens * half, tensorflow::errors::InvalidArgument("each token has one angle for two of a head's values"));
    tensorflow::Tensor* turned;
    OP_REQUIRES_OK(context, context->allocate_output(0, x.shape(), &turned));
    const float *from = Data(x), *c = Data(cosines), *s = Data(sines);
    float* to = Data(turned);
    Share(context, tokens, heads * width, [&](int64_t first, int64_t end) {
      for (int64_t token = first; token < end; token++) {
        const ConstRow cosine(c + token * half, half), sine(s + token * half, half);
        for (int64_t head = 0; head < heads; head++) {
          const float* source = from + (token * heads + head) * width;
          float* target = to + (token * heads + head) * width;
          if (head >= queries_ + keys_) {
            std::copy(source, source + width, target);
            continue;
          }
          const ConstRow low(source, half), high(source + half, half);
          const float factor = head < queries_ ? scale_ : 1;
          const float way = back_ ? -factor : factor;
          Row(target, half) = factor * (low * cosine) - way * (high * sine);
          Row(target + half, half) = factor * (high * cosine) + way * (low * sine);
        }
      }
    });
  }

 private:
  tensorflow::int64 queries_, keys_;
  float scale_;
  bool back_;
};

REGISTER_OP("PretrainzeroRotate").Input("x: float").Input("cosines: float").Input("sines: float").Output("turned: float").Attr("queries: int").Attr("keys: int").Attr("scale: float").Attr("back: bool");
REGISTER_KERNEL_BUILDER(Name("PretrainzeroRotate").Device(tensorflow::DEVICE_CPU), Rotate);

}  // namespace pretrainzero
