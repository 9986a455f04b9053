import * as tf from '@tensorflow/tfjs-core';

interface WasmHeap {
  typedArrayFromHeap(info: tf.TensorInfo): Float32Array;
}

/**
 * A tensor's values, to be read before the next operation and not to be written: on WebAssembly they are not copied
 * but read where they lie in its heap.
 */
export function readView(tensor: tf.Tensor): Float32Array {
  if (tf.getBackend() !== 'wasm') return tensor.dataSync<'float32'>();
  return (tf.backend() as tf.KernelBackend & WasmHeap).typedArrayFromHeap(tensor);
}
