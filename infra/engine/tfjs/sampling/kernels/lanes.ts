/** What is in the four lanes of a vector, as one number; always in the same order. Nothing can go wrong. */
import { f32, f32x4, type Local, type StackVar } from 'wasmati';

type LaneOperation = 'add' | 'max';

export function sumLanes(vector: Local<'v128'>): StackVar<'f32'> {
  return reduceLanes(vector, 'add');
}

/** Not a number where a lane is none. */
export function largestLane(vector: Local<'v128'>): StackVar<'f32'> {
  return reduceLanes(vector, 'max');
}

function reduceLanes(vector: Local<'v128'>, operation: LaneOperation): StackVar<'f32'> {
  let result: StackVar<'f32'> = f32x4.extract_lane(0, vector);
  for (const lane of [1, 2, 3]) result = f32[operation](result, f32x4.extract_lane(lane, vector));
  return result;
}
