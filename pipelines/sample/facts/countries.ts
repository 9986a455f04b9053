import { countriesAfrica } from './countries-africa.ts';
import { countriesAmericasOceania } from './countries-americas-oceania.ts';
import { countriesAsia } from './countries-asia.ts';
import { countriesEurope } from './countries-europe.ts';

/** All countries of the encyclopedia. */
export const countries = {
  columns: ['name', 'capital', 'region', 'currency', 'language', 'adjective', 'coast'],
  rows: countriesEurope + countriesAfrica + countriesAsia + countriesAmericasOceania,
};

const AMERICAS = { 'North America': 'North America', 'Central America': 'North America', 'the Caribbean': 'North America', 'South America': 'South America' };

/** In: a region such as "West Africa". Out: its continent. */
export function continentOf(region: string): string {
  const american = Object.entries(AMERICAS).find(([name]) => name === region)?.[1];
  return american ?? region.split(' ').at(-1)!;
}
