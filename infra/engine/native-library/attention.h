// softmax(Q K^T + mask) V over the tiles of a pack, grouped-query, and its gradient. Heads are token-major, [T, H + 2K, D]: queries (scaled), keys, values. A tile is a range of queries and the ranges of keys that any
// of them sees. What a tile has of one head stays in the cache; on the way back probabilities are computed again from log sum exp.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "rows.h"
#include "tensorflow/core/framework/op.h"

namespace pretrainzero {

using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Rows = Eigen::Map<Matrix, 0, Eigen::OuterStride<>>;
using ConstRows = Eigen::Map<const Matrix, 0, Eigen::OuterStride<>>;

// A row of `tiles`: int32, in this order.
struct Tile {
  int32_t first_query;   // row of the pack
  int32_t queries;
  int32_t first_output;  // row among those of all tiles
  int32_t first_range;   // row of `ranges`
  int32_t ranges;
  int32_t keys;          // of all its ranges
  int32_t first_mask;    // of [queries, keys] in `masks`; negative: every query sees every key
  int32_t tree;          // tiles of different trees have no keys in common, and those of one stand together
};
constexpr int64_t kTileFields = sizeof(Tile) / sizeof(int32_t);

struct Range {
  int32_t start;  // row of the pack
  int32_t count;
};

// Heads of a pack, and where its tiles are.
struct Pack {
  Pack(tensorflow::OpKernelContext* context, int64_t heads, int64_t key_heads)
      : all(context->input(0)), tiles(context->input(1)), ranges(context->input(2)), masks(context->input(3)), heads(heads), key_heads(key_heads), width(all.dim_size(2)) {}

  int64_t Tokens() const { return all.dim_size(0); }
  int64_t Tiles() const { return tiles.dim_size(0); }
  int64_t Stride() const { return (heads + 2 * key_heads) * width; }
  const Tile& At(int64_t tile) const { return reinterpret_cast<const Tile*>(tiles.flat<int32_t>().data())[tile]; }
  const Range& RangeAt(int64_t range) const { return reinterpret_cast<const Range*>(ranges.flat<int32_t>().data())[range]; }
  ConstRows Head(int64_t head, int64_t start, int64_t count) const { return ConstRows(Data(all) + start * Stride() + head * width, count, width, Eigen::OuterStride<>(Stride())); }
  int64_t KeyHead(int64_t head) const { return heads + head / (heads / key_heads); }

  // use(range, keys of the ranges before it)
  template <typename Use>
  void ForRanges(const Tile& tile, Use use) const {
    int64_t done = 0;
    for (int64_t i = tile.first_range; i < tile.first_range + tile.ranges; i++) {
      use(RangeAt(i), done);
      done += RangeAt(i).count;
    }
  }

  // Q K^T + mask, [queries, keys]
  void Scores(const Tile& tile, int64_t head, Eigen::Ref<Matrix> scores) const {
    const ConstRows query = Head(head, tile.first_query, tile.queries);
    ForRanges(tile, [&](const Range& range, int64_t done) {
      scores.middleCols(done, range.count).noalias() = query * Head(KeyHead(head), range.start, range.count).transpose();
    });
    if (tile.first_mask >= 0) scores += Eigen::Map<const Matrix>(Data(masks) + tile.first_mask, tile.queries, tile.keys);
  }

  const tensorflow::Tensor &all, &tiles, &ranges, &masks;
  const int64_t heads, key_heads, width;
};

class AttentionKernel : public tensorflow::OpKernel {
 public:
  explicit AttentionKernel(tensorflow::OpKernelConstruction* context) : OpKernel(context) {
    OP_REQUIRES_OK(context, context->GetAttr("heads", &heads_));
    OP_REQUIRES_OK(context, context->GetAttr("key_heads", &key_heads_));
  }

 protected:
  bool IsSound(tensorflow::OpKernelContext* context) const {
    const auto &all = context->input(0), &tiles = context->input(1);
    return all.dims() == 3 && all.dim_size(1) == heads_ + 2 * key_heads_ && tiles.dims() == 2 && tiles.dim_size(1) == kTileFields;
  }

  tensorflow::int64 heads_, key_heads_;
};

class Attention : public AttentionKernel {
 public:
  using AttentionKernel::AttentionKernel;

  void Compute(tensorflow::OpKernelContext* context) override {
    OP_REQUIRES(context, IsSound(context), tensorflow::errors::InvalidArgument("heads or tiles have another shape"));
    const Pack pack(context, heads_, key_heads_);
    const Tile& last = pack.At(pack.Tiles() - 1);
    const int64_t rows = last.first_output + last.queries;
    tensorflow::Tensor *output, *log_sums;
    OP_REQUIRES_OK(context, context->allocate_output(0, {rows, heads_ * pack.width}, &output));
    OP_REQUIRES_OK(context, context->allocate_output(1, {heads_, rows}, &log_sums));
    const int64_t cost = last.queries * last.keys * pack.width / 8;
    Share(context, pack.Tiles() * heads_, cost, [&](int64_t first, int64_t end) {
      Matrix room;
      for (int64_t unit = first; unit < end; unit++) {
        const Tile& tile = pack.At(unit / heads_);
        const int64_t head = unit % heads_;
        if (room.size() < int64_t{tile.queries} * tile.keys) room.resize(tile.queries, tile.keys);
        Eigen::Map<Matrix> scores(room.data(), tile.queries, tile.keys);
        pack.Scores(tile, head, scores);
        Rows target(Data(output) + tile.first_output * heads_ * pack.width + head * pack.width, tile.queries, pack.width, Eigen::OuterStride<>(heads_ * pack.width));
        Attend(pack, tile, head, scores, target, Data(log_sums) + head * rows + tile.first_output);
      }
    });
  }

 private:
  static void Attend(const Pack& pack, const Tile& tile, int64_t head, Eigen::Map<Matrix>& scores, Rows& target, float* log_sums) {
    for (int64_t query = 0; query < tile.queries; query++) {
      auto row = scores.row(query).array();
      const float largest = row.maxCoeff();
      row = (row - largest).exp();
      const float total = row.sum();
      row *= 1 / total;
      log_sums[query] = largest + std::log(total);
    }
    target.setZero();
    pack.ForRanges(tile, [&](const Range& range, int64_t done) {
      target.noalias() += scores.middleCols(done, range.count) * pack.Head(pack.KeyHead(head) + pack.key_heads, range.start, range.count);
    });
  }
};

// dV = P^T dO, dS = P * (dO V^T - rowsum(dO * O)), dQ = dS K, dK = dS^T Q; one thread has a tree's keys of one key head.
class AttentionGradient : public AttentionKernel {
 public:
  using AttentionKernel::AttentionKernel;

  void Compute(tensorflow::OpKernelContext* context) override {
    OP_REQUIRES(context, IsSound(context), tensorflow::errors::InvalidArgument("heads or tiles have another shape"));
    const Pack pack(context, heads_, key_heads_);
    const auto &output = context->input(4), &log_sums = context->input(5), &gradient = context->input(6);
    OP_REQUIRES(context, gradient.shape() == output.shape(), tensorflow::errors::InvalidArgument("the output and its gradient differ in shape"));
    tensorflow::Tensor* result;
    OP_REQUIRES_OK(context, context->allocate_output(0, pack.all.shape(), &result));
    std::fill_n(Data(result), result->NumElements(), 0.0f);
    std::vector<int64_t> starts;  // of the trees, in tiles
    for (int64_t tile = 0; tile < pack.Tiles(); tile++) if (tile == 0 || pack.At(tile).tree != pack.At(tile - 1).tree) starts.push_back(tile);
    const int64_t trees = starts.size();
    starts.push_back(pack.Tiles());
    const int64_t rows = output.dim_size(0), stacked = heads_ / key_heads_;
    Share(context, trees * key_heads_, int64_t{1} << 20, [&](int64_t first, int64_t end) {
      Scratch scratch;
      for (int64_t unit = first; unit < end; unit++) {
        for (int64_t tile = starts[unit / key_heads_]; tile < starts[unit / key_heads_ + 1]; tile++) {
          for (int64_t head = unit % key_heads_ * stacked; head < (unit % key_heads_ + 1) * stacked; head++) {
            const int64_t place = pack.At(tile).first_output * heads_ * pack.width + head * pack.width;
            const Eigen::OuterStride<> stride(heads_ * pack.width);
            const ConstRows out(Data(output) + place, pack.At(tile).queries, pack.width, stride);
            const ConstRows slope(Data(gradient) + place, pack.At(tile).queries, pack.width, stride);
            Back(pack, pack.At(tile), head, out, slope, Data(log_sums) + head * rows + pack.At(tile).first_output, Data(result), scratch);
          }
        }
      }
    });
  }

 private:
  struct Scratch {
    Matrix probabilities, slopes;
  };

  static void Back(const Pack& pack, const Tile& tile, int64_t head, const ConstRows& out, const ConstRows& slope, const float* log_sums, float* result, Scratch& scratch) {
    auto& [probabilities, slopes] = scratch;
    probabilities.resize(tile.queries, tile.keys);
    slopes.resize(tile.queries, tile.keys);
    pack.Scores(tile, head, probabilities);
    const int64_t key_head = pack.KeyHead(head), value_head = key_head + pack.key_heads;
    pack.ForRanges(tile, [&](const Range& range, int64_t done) {
      slopes.middleCols(done, range.count).noalias() = slope * pack.Head(value_head, range.start, range.count).transpose();
    });
    for (int64_t query = 0; query < tile.queries; query++) {
      auto p = probabilities.row(query).array();
      p = (p - log_sums[query]).exp();
      const float dot = out.row(query).dot(slope.row(query));
      slopes.row(query).array() = p * (slopes.row(query).array() - dot);
    }
    const auto rows_of = [&](int64_t which, int64_t start, int64_t count) { return Rows(result + start * pack.Stride() + which * pack.width, count, pack.width, Eigen::OuterStride<>(pack.Stride())); };
    const ConstRows query = pack.Head(head, tile.first_query, tile.queries);
    Rows of_query = rows_of(head, tile.first_query, tile.queries);
    pack.ForRanges(tile, [&](const Range& range, int64_t done) {
      of_query.noalias() += slopes.middleCols(done, range.count) * pack.Head(key_head, range.start, range.count);
      rows_of(key_head, range.start, range.count).noalias() += slopes.middleCols(done, range.count).transpose() * query;
      rows_of(value_head, range.start, range.count).noalias() += probabilities.middleCols(done, range.count).transpose() * slope;
    });
  }
};

REGISTER_OP("PretrainzeroAttention").Input("all: float").Input("tiles: int32").Input("ranges: int32").Input("masks: float").Output("output: float").Output("log_sums: float").Attr("heads: int").Attr("key_heads: int");
REGISTER_OP("PretrainzeroAttentionGradient")
    .Input("all: float").Input("tiles: int32").Input("ranges: int32").Input("masks: float").Input("output: float").Input("log_sums: float").Input("gradient: float")
    .Output("result: float").Attr("heads: int").Attr("key_heads: int");
REGISTER_KERNEL_BUILDER(Name("PretrainzeroAttention").Device(tensorflow::DEVICE_CPU), Attention);
REGISTER_KERNEL_BUILDER(Name("PretrainzeroAttentionGradient").Device(tensorflow::DEVICE_CPU), AttentionGradient);

}  // namespace pretrainzero
