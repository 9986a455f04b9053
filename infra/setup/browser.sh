#!/bin/sh
# Finds a Chromium for the tests of the explorer, or fetches one into the folder given; prints its program.
#   PRETRAINZERO_CHROMIUM=$(sh infra/setup/browser.sh .cache/browser) npm test -- infra/explorer
set -eu
folder=${1:?'give a folder for the browser'}
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  if program=$(command -v "$name"); then
    echo "$program"
    exit
  fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } 1>&2; then
  command -v chromium
  exit
fi
# Linux x86-64 without apt: the binary of the npm package, with the libraries that it comes with.
program=$folder/chromium-here
if [ ! -x "$program" ]; then
  mkdir -p "$folder/package"
  npm install --prefix "$folder/package" --no-save --ignore-scripts --no-audit --no-fund --loglevel=error @sparticuz/chromium@153.0.0 1>&2
  unpack() { node -e 'process.stdout.write(zlib.brotliDecompressSync(fs.readFileSync(process.argv[1])))' "$folder/package/node_modules/@sparticuz/chromium/bin/$1"; }
  unpack chromium.br >"$folder/chromium"
  chmod +x "$folder/chromium"
  unpack al2023.tar.br | tar -x -C "$folder"
  unpack fonts.tar.br | tar -x -C "$folder"
  rm -r "$folder/package"
  printf '#!/bin/sh\nhere=$(cd "$(dirname "$0")" && pwd)\nLD_LIBRARY_PATH=$here/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} exec "$here/chromium" "$@"\n' >"$program"
  chmod +x "$program"
fi
echo "$(cd "$folder" && pwd)/chromium-here"
