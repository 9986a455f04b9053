import { capital, country, state, stateCapital } from './countries.ts';
import { book, cheese, dog, instrument, invention, language } from './culture.ts';
import { element } from './elements.ts';
import { bird, mammal, mineral, plant } from './nature.ts';
import { number } from './numbers.ts';
import { composer, god, painter, president, scientist, writer } from './people.ts';
import { city, island, lake, mountain, river } from './places.ts';
import { constellation, moon, planet, star } from './sky.ts';
import type { Topic } from './topic.ts';
import { year } from './years.ts';

/** All kinds of articles. Earlier ones keep a name that two want, so that "Mercury" is the planet. */
export const topics: Topic[] = [
  country, capital, planet, element, river, mountain, lake, island, city, state, stateCapital, moon, constellation, star,
  scientist, writer, composer, painter, president, god, mammal, bird, plant, mineral, instrument, language, book, invention, cheese, dog, number, year,
];
