import * as tf from '@tensorflow/tfjs-core';

/** Whether the backend that is set computes on a GPU: what is read from there, or written there, waits and crosses a bus. */
export function onGpu(): boolean {
  const name = tf.getBackend();
  if (name !== 'tensorflow') return name === 'webgpu';
  return (tf.backend() as tf.KernelBackend & { readonly isUsingGpuDevice: boolean }).isUsingGpuDevice;
}
