// A library that Node loads: TensorFlow knows the operations from then on, and what the host does with arrays is exported.
#include <node_api.h>

#include "attention.h"
#include "host-arrays.h"
#include "multiply.h"
#include "rms-norm.h"
#include "rotate.h"
#include "swi-glu.h"
#include "token-distribution.h"

namespace pretrainzero {
namespace {

constexpr int64_t kFloatBytes = sizeof(float);

// Typed arrays and whole numbers, as they were given.
class Arguments {
 public:
  Arguments(napi_env env, napi_callback_info info) : env_(env) {
    size_t count = kMost;
    napi_get_cb_info(env, info, &count, values_, nullptr, nullptr);
  }

  Floats At(size_t index) const {
    const auto [data, size] = Array(index);
    return {static_cast<float*>(data), size};
  }

  double* Doubles(size_t index) const { return static_cast<double*>(Array(index).first); }

  // An address in the memory that is the first argument.
  float* Place(size_t index) const { return At(0).data + Whole(index) / kFloatBytes; }

  int64_t Whole(size_t index) const {
    int64_t value = 0;
    napi_get_value_int64(env_, values_[index], &value);
    return value;
  }

  size_t Size(size_t index) const { return Array(index).second; }

  // Throws in JavaScript where it is not so.
  bool Hold(bool lengths_fit) const {
    if (!lengths_fit) napi_throw_range_error(env_, nullptr, "arrays differ in length");
    return lengths_fit;
  }

  napi_value Number(double value) const {
    napi_value result;
    napi_create_double(env_, value, &result);
    return result;
  }

 private:
  static constexpr size_t kMost = 9;

  std::pair<void*, size_t> Array(size_t index) const {
    void* data = nullptr;
    size_t size = 0;
    napi_get_typedarray_info(env_, values_[index], nullptr, &size, &data, nullptr, nullptr);
    return {data, size};
  }

  napi_env env_;
  napi_value values_[kMost];
};

napi_value ExportedSquares(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  return given.Number(Squares(given.At(0)));
}

napi_value ExportedAdd(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  if (!given.Hold(given.Size(0) == given.Size(1))) return nullptr;
  Row(given.At(0).data, given.At(0).size) += ConstRow(given.At(1).data, given.At(0).size);
  return nullptr;
}

napi_value ExportedUnfold(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  if (!given.Hold(given.Size(0) == given.Size(1) && given.Size(2) == given.Size(3) && given.Size(0) % given.Size(2) == 0)) return nullptr;
  Unfold(given.At(0), given.At(1).data, given.At(2), given.Doubles(3));
  return nullptr;
}

napi_value ExportedAdamW(napi_env env, napi_callback_info info) {
  const Arguments given(env, info);
  if (!given.Hold(given.Size(0) == given.Size(1) && given.Size(0) == given.Size(2) && given.Size(0) == given.Size(3))) return nullptr;
  const auto& step = *reinterpret_cast<const AdamWStep*>(given.Doubles(4));
  return given.Number(AdamW(given.At(0), given.At(1).data, given.At(2).data, given.At(3).data, step));
}

// As the kernels of sampling in WebAssembly: their arguments, with the memory before them. Sampling vouches for addresses, as it does there.
napi_value MultiplyOrAdd(napi_env env, napi_callback_info info, bool adds) {
  const Arguments given(env, info);
  const Product product{given.Whole(2) / kFloatBytes, given.Whole(3), given.Whole(4), given.Whole(8) / kFloatBytes, adds};
  Multiply(product, given.Place(1), given.Place(5), given.Whole(6), given.Place(7));
  return nullptr;
}

napi_value ExportedMultiply(napi_env env, napi_callback_info info) { return MultiplyOrAdd(env, info, false); }

napi_value ExportedMultiplyAdd(napi_env env, napi_callback_info info) { return MultiplyOrAdd(env, info, true); }

}  // namespace
}  // namespace pretrainzero

NAPI_MODULE_INIT() {
  const napi_property_descriptor functions[] = {
      {"multiplyAdd", nullptr, pretrainzero::ExportedMultiplyAdd, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"multiply", nullptr, pretrainzero::ExportedMultiply, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"squares", nullptr, pretrainzero::ExportedSquares, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"add", nullptr, pretrainzero::ExportedAdd, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"unfold", nullptr, pretrainzero::ExportedUnfold, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
      {"adamW", nullptr, pretrainzero::ExportedAdamW, nullptr, nullptr, nullptr, napi_enumerable, nullptr},
  };
  napi_define_properties(env, exports, sizeof(functions) / sizeof(*functions), functions);
  return exports;
}
