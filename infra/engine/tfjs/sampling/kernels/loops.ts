/** Loops of the kernels. In: a local that counts or points, its end, its step. Pointers are compared unsigned. Nothing can go wrong. */
import { br_if, i32, if_, local, loop, type Local } from 'wasmati';

/** while (pointer < end) { body; pointer += step } */
export function whileBelow(pointer: Local<'i32'>, end: Local<'i32'>, step: Local<'i32'> | number, body: () => void): void {
  i32.lt_u(pointer, end);
  if_(null, () => {
    loop(null, (again) => {
      body();
      local.set(pointer, i32.add(pointer, step));
      i32.lt_u(pointer, end);
      br_if(again);
    });
  });
}
