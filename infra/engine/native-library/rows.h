// What the operations have in common: float32 rows as Eigen sees them, and work shared among TensorFlow's threads. A row is computed by one thread, so results do not hang on how many there are.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "tensorflow/core/framework/op_kernel.h"

namespace pretrainzero {

using Row = Eigen::Map<Eigen::ArrayXf>;
using ConstRow = Eigen::Map<const Eigen::ArrayXf>;

// work(first, end) over parts of [0, count); cost: about the nanoseconds of one.
template <typename Work>
void Share(tensorflow::OpKernelContext* context, int64_t count, int64_t cost, Work work) {
  context->device()->tensorflow_cpu_worker_threads()->workers->ParallelFor(count, cost, work);
}

inline float* Data(tensorflow::Tensor* tensor) { return tensor->flat<float>().data(); }
inline const float* Data(const tensorflow::Tensor& tensor) { return tensor.flat<float>().data(); }

}  // namespace pretrainzero
