// Of each row of logits: probabilities, log Z = log sum exp, and the entropy H = log Z - sum(p z). Not finite where a logit is not.
#pragma once

#include <cmath>

#include "rows.h"
#include "tensorflow/core/framework/op.h"

namespace pretrainzero {

class TokenDistribution : public tensorflow::OpKernel {
 public:
  explicit TokenDistribution(tensorflow::OpKernelConstruction* context) : OpKernel(context) {}

  void Compute(tensorflow::OpKernelContext* context) override {
    const auto& logits = context->input(0);
    const int64_t rows = logits.dim_size(0), width = logits.dim_size(1);
    tensorflow::Tensor *probabilities, *log_normalisers, *entropies;
    OP_REQUIRES_OK(context, context->allocate_output(0, logits.shape(), &probabilities));
    OP_REQUIRES_OK(context, context->allocate_output(1, {rows}, &log_normalisers));
    OP_REQUIRES_OK(context, context->allocate_output(2, {rows}, &entropies));
    const float* from = Data(logits);
    float *to = Data(probabilities), *normalisers = Data(log_normalisers), *nats = Data(entropies);
    Share(context, rows, 4 * width, [&](int64_t first, int64_t end) {
      for (int64_t row = first; row < end; row++) {
        const ConstRow z(from + row * width, width);
        Row p(to + row * width, width);
        const float largest = z.maxCoeff();
        p = (z - largest).exp();
        const float total = p.sum();
        p *= 1 / total;
        normalisers[row] = largest + std::log(total);
        nats[row] = normalisers[row] - (p * z).sum();
      }
    });
  }
};

REGISTER_OP("PretrainzeroTokenDistribution").Input("logits: float").Output("probabilities: float").Output("log_normalisers: float").Output("entropies: float");
REGISTER_KERNEL_BUILDER(Name("PretrainzeroTokenDistribution").Device(tensorflow::DEVICE_CPU), TokenDistribution);

}  // namespace pretrainzero
