/**
 * How the native CPU backend is made without its prebuilt library: the binding's sources come with the npm package, the library that it is compiled against
 * with a Python wheel. In: folders. Out: commands. Nothing is run here, and nothing can go wrong.
 */
import { join } from 'node:path';
import { libraryFile } from '../../engine/tfjs/backend/library-file.ts';
import type { Command } from '../setup-world.ts';

export const tfjsNode = { name: '@tensorflow/tfjs-node', version: '4.22.0' } as const;

/** The same file on every machine, whatever Python it has: only its libraries and headers are used. */
export const wheel = {
  name: 'tensorflow-cpu',
  version: '2.21.0',
  file: 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl',
  bytes: 273_829_956,
  sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
} as const;

const frameworkLibrary = 'libtensorflow_framework.so.2';

/** What is linked against and kept; sizes in bytes. */
export const libraries = [
  { file: 'libtensorflow_cc.so.2', bytes: 788_086_608 },
  { file: frameworkLibrary, bytes: 65_222_328 },
] as const;

const headers = ['tensorflow/c/', 'tensorflow/core/', 'tsl/platform/', 'xla/tsl/', 'Eigen/', 'unsupported/Eigen/', 'absl/', 'google/protobuf/', 'ml_dtypes/'] as const;

export interface NativeFolders {
  /** node_modules/@tensorflow/tfjs-node */
  readonly target: string;
  /** Where things lie until they are whole; on the same disk as `target`. */
  readonly work: string;
  /** Wheel unpacked. */
  readonly unpacked: string;
  /** Libraries at run time; the binding looks for them there. */
  readonly libraries: string;
  readonly binding: string;
  /** The operations of our own, for this processor. */
  readonly library: string;
  /** Their sources. */
  readonly sources: string;
}

/** @param processor what Linux says of it */
export function nativeFolders(root: string, processor: string): NativeFolders {
  const target = join(root, 'node_modules', ...tfjsNode.name.split('/'));
  const work = join(target, 'native-build');
  return {
    target,
    work,
    unpacked: join(work, 'tensorflow'),
    libraries: join(target, 'deps', 'lib'),
    binding: join(target, 'lib', 'napi-v8', 'tfjs_binding.node'),
    library: join(target, 'lib', 'napi-v8', libraryFile(processor)),
    sources: join(root, 'infra', 'engine', 'native-library'),
  };
}

/**
 * Without the package's own script, which would look for the prebuilt library. As it is an optional peer of this package, npm leaves it out unless it is told
 * that it is a plain dependency; nothing of that is written down.
 */
export function npmCommand(): Command {
  const flags = ['--no-save', '--save-prod', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  return { program: 'npm', args: ['install', ...flags, `${tfjsNode.name}@${tfjsNode.version}`] };
}

export function downloadCommand({ work }: NativeFolders): Command {
  const platform = ['--python-version', '3.11', '--implementation', 'cp', '--abi', 'cp311', '--platform', 'manylinux_2_27_x86_64'];
  const args = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--disable-pip-version-check', ...platform];
  return { program: 'python3', args: [...args, '--dest', work, `${wheel.name}==${wheel.version}`] };
}

const unpack = `
import sys, zipfile
wheel, folder, *wanted = sys.argv[1:]
with zipfile.ZipFile(wheel) as file:
    file.extractall(folder, [name for name in file.namelist() if name.startswith(tuple(wanted))])
`;

export function unpackCommand({ work }: NativeFolders): Command {
  const wanted = [...libraries.map(({ file }) => `tensorflow/${file}`), ...headers.map((path) => `tensorflow/include/${path}`)];
  return { program: 'python3', args: ['-c', unpack, join(work, wheel.file), work, ...wanted] };
}

/** @param nodeHeaders folder with `node_api.h` @param output where the binding goes */
export function compileCommand({ target, unpacked }: NativeFolders, nodeHeaders: string, output: string): Command {
  const sources = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((file) => join(target, 'binding', file));
  const defines = ['NAPI_VERSION=8', 'NODE_GYP_MODULE_NAME=tfjs_binding', 'BUILDING_NODE_EXTENSION'].map((define) => `-D${define}`);
  const includes = [nodeHeaders, join(unpacked, 'include')].map((folder) => `-I${folder}`);
  const links = [`-L${unpacked}`, ...libraries.map(({ file }) => `-l:${file}`), ...linkerFlags.map((flag) => `-Wl,${flag}`)];
  return { program: 'g++', args: ['-O2', '-fPIC', '-shared', '-std=c++17', ...defines, ...includes, ...sources, '-o', output, ...links] };
}

/** For all that this processor can do, as TensorFlow's own custom operations are. @param output where the library goes */
export function compileLibraryCommand({ sources, unpacked }: NativeFolders, nodeHeaders: string, output: string): Command {
  const processor = ['-march=native', '-U__AVX512FP16__']; // half precision is not used here, and its vectors in the wheel's Eigen need a newer compiler than most have
  const includes = [nodeHeaders, join(unpacked, 'include'), sources].map((folder) => `-I${folder}`);
  const links = [`-L${unpacked}`, `-l:${frameworkLibrary}`, ...linkerFlags.map((flag) => `-Wl,${flag}`)];
  const flags = ['-O3', ...processor, '-fno-math-errno', '-ffp-contract=off', '-w', '-fPIC', '-shared', '-std=c++17'];
  return { program: 'g++', args: [...flags, '-DNAPI_VERSION=8', '-DNDEBUG', '-DEIGEN_MAX_ALIGN_BYTES=64', ...includes, join(sources, 'native-library.cc'), '-o', output, ...links] };
}

const linkerFlags = [
  '-rpath,$ORIGIN/../../deps/lib',
  '--unresolved-symbols=ignore-in-object-files', // Node has them
  // Node unloads a binding with the thread that loaded it; the library's exit handlers, which stay behind, would then end the process with a segmentation fault.
  '-z,nodelete',
];
