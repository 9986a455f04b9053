/** The kinds of tensor that are read from GGUF files: numbers in blocks of `values`, each block `bytes` long. */
export const ggufKinds = {
  F32: { id: 0, values: 1, bytes: 4 },
  F16: { id: 1, values: 1, bytes: 2 },
  Q4_0: { id: 2, values: 32, bytes: 18 },
  Q4_1: { id: 3, values: 32, bytes: 20 },
  Q8_0: { id: 8, values: 32, bytes: 34 },
  Q4_K: { id: 12, values: 256, bytes: 144 },
  Q6_K: { id: 14, values: 256, bytes: 210 },
  BF16: { id: 30, values: 1, bytes: 2 },
} as const;

export type GgufKind = keyof typeof ggufKinds;

/** The kind of that number in the file; null where it is not read here. */
export function ggufKindOf(id: number): GgufKind | null {
  return (Object.keys(ggufKinds) as GgufKind[]).find((kind) => ggufKinds[kind].id === id) ?? null;
}
