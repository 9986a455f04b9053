import { countries } from './countries.ts';
import { table } from './table.ts';

const CONTINENTS = { Africa: 'African', Asia: 'Asian', Europe: 'European', 'North America': 'North American', 'South America': 'South American', Oceania: 'Oceanian', Antarctica: 'Antarctic' };

/** A continent's or country's name without its article, to its adjective. */
export const adjectives: Record<string, string> = {
  ...CONTINENTS,
  ...Object.fromEntries(table(countries.columns, countries.rows).map((country) => [country['name']!.replace(/^the /, ''), country['adjective']!])),
};
