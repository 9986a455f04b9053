/** Opens an address in the person's browser. In: the address. Out: nothing; where no browser can be started nothing happens, as the address is printed too. */
import { spawn } from 'node:child_process';

export function openInBrowser(url: string): void {
  const [command, args] = opener(process.platform, url);
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined); // there is no such program
  child.unref();
}

function opener(platform: NodeJS.Platform, url: string): readonly [command: string, args: readonly string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
