import { continentOf, countries } from '../facts/countries.ts';
import { table } from '../facts/table.ts';
import { usStates } from '../facts/us-states.ts';
import type { Topic } from './topic.ts';

const CONTINENT_NAMES = ['Africa', 'Asia', 'Europe', 'North America', 'South America', 'Oceania', 'Antarctica'];
const records = table(countries.columns, countries.rows);

export const country: Topic = {
  name: 'country', noun: 'country', plural: 'countries', columns: countries.columns, rows: countries.rows,
  derive: ({ region = '' }) => ({ continent: continentOf(region), region: CONTINENT_NAMES.includes(region) ? undefined : region, adjective: undefined }),
  identifying: ['capital'],
  leads: ['@ is a country in {continent}.', '@ is a country in {region}.', '@ is a country whose capital is {capital}.'],
  frames: [
    'The capital of @ is {capital}.',
    'The capital city of the country is {capital}.',
    '$ [lies|is located] in {region}.',
    '[Maps|Atlases] show @ in {region}, a part of {continent}.',
    'The continent of @ is {continent}.',
    'The currency of @ is the {currency}.',
    '[Shops|Banks] in @ [take|use] the {currency}.',
    'Among the official languages of @ is {language}.',
    '{language} is an official language of @.',
    '$ has a coast on {coast}.',
    'The sea [off|next to] @ is [called|part of] {coast}.',
  ],
  restate: [
    'The {name~adjective} people [are proud of it|know this well].',
    '[So|Thus] it is one of the {continent~adjective} countries.',
    '[So|Thus] a {name~adjective} traveller needs no other money at home.',
    'The {name~adjective} capital is [well known|much visited].',
    '[So|Thus] @ is [often|always] listed among the {continent~adjective} states.',
  ],
  shared: 'region',
  hubs: {
    continent: { about: 'In this encyclopedia {hub} is a continent.', opening: ['[Several|A number of] countries lie in {hub}.', '{hub} [holds|includes] these countries.', '[Some|A few] of the countries of {hub} are these.'] },
    region: { about: 'In this encyclopedia {hub} is a part of a continent.', opening: ['[Several|A number of] countries lie in {hub}.', '{hub} [holds|includes] these countries.'] },
    currency: { title: '# (currency)', about: 'In this encyclopedia {hub} is the name of a currency.', opening: ['[Several|A number of] countries use a currency called {hub}.', 'The name {hub} is [used|shared] for the money of these countries.'] },
    language: { title: '# language', about: '', opening: ['[Several|A number of] countries use {hub} as an official language.'] },
    coast: { about: 'In this encyclopedia {hub} is a body of water.', opening: ['[Several|A number of] countries have a coast on {hub}.'] },
  },
};

export const capital: Topic = {
  name: 'capital', noun: 'city', plural: 'capital cities', columns: ['name', 'country', 'continent', 'currency', 'language'],
  rows: records
    .filter((record) => record['capital'])
    .map((record) => [record['capital'], record['name'], continentOf(record['region']!), record['currency'] ?? '', record['language'] ?? ''].join('|'))
    .join('\n'),
  identifying: ['country'],
  leads: ['@ is the capital of {country}.', '@ is the capital city of {country}.'],
  frames: [
    'The country of @ is {country}.',
    '[Lists|Tables] of capitals give @ for {country}.',
    '[Maps|Atlases] show $ in {continent}.',
    'The continent of @ is {continent}.',
    '[Shops|Markets] in @ [take|use] the {currency}.',
    'The money of @ is the {currency}.',
    'An official language in @ is {language}.',
    '{language} is an official language there.',
  ],
  restate: ['[So|Thus] it is a {country~adjective} city.', '[So|Thus] it is one of the {continent~adjective} capitals.', 'The {country~adjective} flag flies [over the city|over its town hall].'],
  shared: 'continent',
  hubs: { continent: { about: '', opening: ['[Several|Some] capitals of {hub} have entries of their own.', '{hub} has [several|some] of the capitals described here.'] } },
};

export const state: Topic = {
  name: 'state', noun: 'state', plural: 'states', columns: ['name', 'abbreviation', 'capital', 'largest', 'year', 'region'], rows: usStates,
  identifying: ['abbreviation', 'capital'],
  leads: ['@ is a state of the United States.', '@ is one of the states of the United States.'],
  frames: [
    'The capital of @ is {capital}.',
    '$ is governed from {capital}.',
    'The largest city of @ is {largest}.',
    'More people live in {largest} than in any other city of @.',
    '$ joined the Union in {year}.',
    'The year of its statehood is {year}.',
    'The postal abbreviation of @ is {abbreviation}.',
    'On letters @ is written as {abbreviation}.',
    'The region of @ is {region}.',
    '$ is part of {region}.',
  ],
  restate: ['That was in the {year~decade}.', '[So|Thus] it has been a state since the {year~century}.', 'The streets of {capital} are [quiet|busy].', 'The people of @ [know this well|learn this at school].'],
  shared: 'region',
  hubs: {
    region: { about: 'In this encyclopedia {hub} is a region of the United States.', opening: ['[Several|A number of] states belong to {hub}.', '{hub} [holds|includes] these states.'] },
  },
  events: { year: '@, governed from {capital}, became a state of the Union.' },
};

export const stateCapital: Topic = {
  name: 'state capital', noun: 'city', plural: 'state capitals', columns: ['name', 'state', 'region'],
  rows: table(state.columns, usStates)
    .map((record) => [record['capital'], record['name'], record['region']].join('|'))
    .join('\n'),
  identifying: ['state'],
  leads: ['@ is the capital of the state of {state}.', '@ is a city in {state}, in the United States.'],
  frames: ['The government of {state} [meets|sits] in @.', 'The state of @ is {state}.', 'The region of @ is {region}.', '[Maps|Atlases] show $ in {region} of the United States.'],
  restate: ['[So|Thus] the governor of {state} works there.', 'The people of @ [know this well|learn this at school].', '[So|Thus] laws for {state} are made there.', 'In {region} there are other cities like it.'],
  shared: 'region',
};
