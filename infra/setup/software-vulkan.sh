#!/bin/sh
# Fetches a Vulkan driver that computes on the CPU (SwiftShader, and the Vulkan loader), in the folder given; prints the folder's full path. Linux x86-64.
#   folder=$(sh infra/setup/software-vulkan.sh .cache/software-vulkan)
#   VK_ICD_FILENAMES=$folder/vk_swiftshader_icd.json LD_LIBRARY_PATH=$folder npm test -- infra/engine/webgpu-backend
set -eu
folder=${1:?'give a folder for the driver'}
if [ ! -f "$folder/vk_swiftshader_icd.json" ]; then
  mkdir -p "$folder/package"
  npm install --prefix "$folder/package" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error @sparticuz/chromium@153.0.0 1>&2
  archive=$folder/package/node_modules/@sparticuz/chromium/bin/swiftshader.tar.br
  node -e 'process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))' "$archive" | tar -x -C "$folder" libvk_swiftshader.so libvulkan.so.1 vk_swiftshader_icd.json
  rm -r "$folder/package"
fi
cd "$folder" && pwd
