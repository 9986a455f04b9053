/** In: a loaded config. Out: its YAML, with where each value that is not a default was given. Pure. */
import { basename } from 'node:path';
import { Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { baseConfigName, bundledConfigFile } from '../../config/config-paths.ts';
import type { LoadedConfig } from '../../config/load-config.ts';

export function annotatedConfig({ config, sources }: Pick<LoadedConfig, 'config' | 'sources'>): string {
  const document = new Document(config);
  const defaults = bundledConfigFile(baseConfigName);
  const annotate = (map: YAMLMap, prefix: string): void => {
    for (const { key, value } of map.items) {
      const name = prefix + String(isScalar(key) ? key.value : key);
      const place = sources.get(name);
      if (isMap(value)) annotate(value, `${name}.`);
      else if (isScalar(value) && place !== undefined && place.file !== defaults) {
        value.comment = place.line === null ? ` ${place.file}` : ` ${basename(place.file)}, line ${place.line}`;
      }
    }
  };
  if (isMap(document.contents)) annotate(document.contents, '');
  return document.toString({ lineWidth: 0 });
}
