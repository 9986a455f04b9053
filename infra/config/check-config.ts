/** In: merged values, and where each was given. Out: the config. Can go wrong: as `checkValues`. */
import { configSchema, type Config } from '../../schemas/config/config.ts';
import { checkValues } from './check-values.ts';
import { keysOfConfig } from './config-keys.ts';
import { brokenRelations } from './config-relations.ts';
import type { ConfigPlace, ConfigTree } from './config-source.ts';

/** @param places dotted key -> its place, the key given last at the end. */
export function checkConfig(values: ConfigTree, places: ReadonlyMap<string, ConfigPlace>): Config {
  return checkValues({ schema: configSchema, keys: keysOfConfig, relations: brokenRelations }, values, places);
}
