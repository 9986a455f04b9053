/** What the config's schema says of its keys. */
import { configSchema } from '../../schemas/config/config.ts';
import { schemaKeys, type KeySchema } from './schema-keys.ts';

export const keysOfConfig = schemaKeys(configSchema);

/** Dotted keys of all values, in the schema's order; sections not among them. */
export const configKeys: readonly string[] = keysOfConfig.all;

/** The schema of a section or value; undefined where there is no such key. `''` is the whole config. */
export const keySchema = (key: string): KeySchema | undefined => keysOfConfig.schemaOf(key);
