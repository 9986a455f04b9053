import { cities } from '../facts/cities.ts';
import { islands } from '../facts/islands.ts';
import { lakes } from '../facts/lakes.ts';
import { mountains } from '../facts/mountains.ts';
import { rivers } from '../facts/rivers.ts';
import type { Topic } from './topic.ts';

export const river: Topic = {
  name: 'river', noun: 'river', plural: 'rivers', columns: ['name', 'length', 'mouth', 'countries', 'continent'], rows: rivers,
  identifying: ['length'],
  leads: ['@ is a river in {continent}.', '@ is a river about {length} kilometres long.', '@ is a river that [flows into|ends in] {mouth}.'],
  frames: [
    '$ is about {length} kilometres long.',
    'The length of @ is [given|noted] as {length} kilometres.',
    '$ [flows into|ends in] {mouth}.',
    'The mouth of @ is [at|in] {mouth}.',
    'On its way $ [crosses|passes through] {countries}.',
    'The waters of @ [flow|run] through {countries}.',
    '[Maps|Atlases] show $ in {continent}.',
    'The continent of @ is {continent}.',
  ],
  restate: [
    '[So|Thus] it is one of the {continent~adjective} rivers.',
    'Without the comma, its length in kilometres is {length~ungrouped}.',
    'The valley of @ has been settled for a long time.',
    'Ships that follow it down come to {mouth}.',
  ],
  shared: 'continent',
  hubs: {
    mouth: { about: 'In this encyclopedia {hub} is a body of water.', opening: ['[Several|A number of] rivers flow into {hub}.', '{hub} [takes up|receives] the water of these rivers.'] },
    continent: { about: '', opening: ['[Several|Some] rivers of {hub} have entries of their own.', '{hub} has [several|some] of the rivers described here.'] },
    countries: { about: '', opening: ['[Several|Some] well-known rivers cross {hub}.'] },
  },
};

export const mountain: Topic = {
  name: 'mountain', noun: 'mountain', plural: 'mountains', columns: ['name', 'height', 'range', 'country', 'ascent', 'continent'], rows: mountains,
  identifying: ['height'],
  leads: ['@ is a mountain in {country}.', '@ is a mountain {height} metres high.', '@ is a mountain in {continent}.'],
  frames: [
    '$ is {height} metres high.',
    'The height of @ is [given|noted] as {height} metres.',
    '$ [is part of|belongs to] {range}.',
    'The range of @ is called {range}.',
    '[Maps|Atlases] show $ in {country}.',
    'The country of @ is {country}.',
    '$ was first climbed in {ascent}.',
    'The first ascent of @ [came|was made] in {ascent}.',
    'The continent of @ is {continent}.',
  ],
  restate: [
    'Without the comma, its height in metres is {height~ungrouped}.',
    '[So|Thus] it is one of the {continent~adjective} mountains.',
    '[So|Thus] it is a {country~adjective} mountain [in most lists|on most maps].',
    'The first climbers stood there in the {ascent~decade}.',
    'The first climb falls in the {ascent~century}.',
    'Other peaks of {range} are in sight.',
  ],
  shared: 'range',
  hubs: {
    range: { about: 'In this encyclopedia {hub} is a mountain range.', opening: ['[Several|A number of] mountains belong to {hub}.', '{hub} [holds|includes] these mountains.'] },
    country: { about: '', opening: ['[Several|Some] well-known mountains stand in {hub}.'] },
    continent: { about: '', opening: ['[Several|Some] mountains of {hub} have entries of their own.'] },
  },
  events: { ascent: '@, {height} metres high, was climbed for the first time.' },
};

export const lake: Topic = {
  name: 'lake', noun: 'lake', plural: 'lakes', columns: ['name', 'depth', 'country', 'kind', 'continent'], rows: lakes,
  identifying: ['depth'],
  leads: ['@ is a {kind} lake in {country}.', '@ is a lake in {continent}.'],
  frames: [
    '$ is up to {depth} metres deep.',
    'The greatest depth of @ is [given|noted] as {depth} metres.',
    '[Maps|Atlases] show $ in {country}, sometimes at its border.',
    '$ [touches|is part of] the land of {country}.',
    '$ is counted as a {kind} lake.',
    'The continent of @ is {continent}.',
  ],
  restate: [
    'Without the comma, its depth in metres is {depth~ungrouped}.',
    '[So|Thus] it is one of the {continent~adjective} lakes.',
    'The {country~adjective} shore [is well known|has harbours].',
    'The shore of @ [is much visited|has many bays].',
    'In words, its depth in metres is {depth~words}.',
  ],
  shared: 'continent',
  hubs: {
    continent: { about: '', opening: ['[Several|Some] lakes of {hub} have entries of their own.', '{hub} has [several|some] of the lakes described here.'] },
    country: { about: '', opening: ['[Several|Some] well-known lakes touch {hub}.'] },
  },
};

export const island: Topic = {
  name: 'island', noun: 'island', plural: 'islands', columns: ['name', 'water', 'country', 'continent'], rows: islands,
  identifying: [],
  leads: ['@ is an island in {water}.', '@ is an island that belongs to {country}.'],
  frames: [
    '$ [belongs to|is part of] {country}.',
    'The country of @ is {country}.',
    '$ [lies in|is washed by] {water}.',
    'The water around @ is [called|that of] {water}.',
    'Lists of islands [put|place] $ in {continent}.',
    'The continent [given|noted] for @ is {continent}.',
  ],
  restate: ['[So|Thus] it is a {country~adjective} island.', '[So|Thus] it is counted among the {continent~adjective} islands.', 'Ships to @ must cross {water}.'],
  shared: 'water',
  hubs: {
    water: { about: 'In this encyclopedia {hub} is a body of water.', opening: ['[Several|A number of] islands lie in {hub}.', '{hub} [holds|washes] these islands.'] },
    country: { about: '', opening: ['[Several|Some] well-known islands belong to {hub}.'] },
  },
};

export const city: Topic = {
  name: 'city', noun: 'city', plural: 'cities', columns: ['name', 'country', 'water', 'continent'], rows: cities,
  identifying: [],
  leads: ['@ is a city in {country}.', '@ is a city in {continent}.'],
  frames: [
    '[Maps|Atlases] show $ in {country}.',
    'The country of @ is {country}.',
    '$ [lies on|stands at] {water}.',
    'The water next to @ is [called|that of] {water}.',
    'The continent of @ is {continent}.',
    '$ [counts|ranks] among the cities of {continent}.',
  ],
  restate: ['[So|Thus] it is a {country~adjective} city.', '[So|Thus] it is one of the {continent~adjective} cities.', 'The {country~adjective} flag flies over its town hall.', 'Boats from @ set out on {water}.'],
  shared: 'country',
  hubs: {
    country: { about: '', opening: ['[Several|Some] well-known cities are in {hub}.', '{hub} has [several|some] cities besides its capital.'] },
    water: { about: 'In this encyclopedia {hub} is a body of water.', opening: ['[Several|A number of] cities stand at {hub}.'] },
    continent: { about: '', opening: ['[Several|Some] cities of {hub} have entries of their own.'] },
  },
};
