import { constellations } from '../facts/constellations.ts';
import { moons } from '../facts/moons.ts';
import { planets } from '../facts/planets.ts';
import { table } from '../facts/table.ts';
import type { Topic } from './topic.ts';

const constellationColumns = ['name', 'abbreviation', 'brightest', 'half', 'meaning'];

export const planet: Topic = {
  name: 'planet', noun: 'planet', plural: 'planets', columns: ['name', 'kind', 'moons', 'colour'], rows: planets,
  derive: (_, index) => ({ number: String(index + 1) }),
  identifying: ['number'],
  leads: ['@ is planet number {number} from the Sun.', '@ is a planet of the solar system, a {kind}.'],
  frames: ['Counted from the Sun, $ is number {number}.', 'The number of @ is {number}, counted outwards.', '$ is a {kind}.', 'The kind of @ is {kind}.', '$ [looks|appears] {colour} in pictures.', 'The colour of @ is {colour}.', '$ has {moons} known moons.'],
  restate: ['[So|Thus] it is the {number~ordinal} planet.', 'Other {kind~plural} are built alike.', 'In pictures from space, {colour} is easy to see.', '[So|Thus] {number~words} is its place in the row.'],
  shared: 'kind',
  hubs: { kind: { about: 'In this encyclopedia {hub} is a kind of planet.', opening: ['[Several|A few] planets are of the kind called {hub}.'] } },
};

export const moon: Topic = {
  name: 'moon', noun: 'moon', plural: 'moons', columns: ['name', 'planet', 'discoverer', 'year'], rows: moons,
  identifying: [],
  leads: ['@ is a moon of {planet}.', '@ is a moon that circles {planet}.'],
  frames: [
    '$ was discovered by {discoverer}.',
    'The discoverer of @ was {discoverer}.',
    '$ [moves around|circles] {planet}.',
    'The planet of @ is {planet}.',
    '$ was first seen in {year}.',
    'The year [given|noted] for its discovery is {year}.',
  ],
  restate: ['That was in the {year~decade}.', '[So|Thus] it has been known since the {year~century}.', 'Its path leads around {planet}.', 'The surface of @ [is cold|is old].'],
  shared: 'planet',
  hubs: {
    planet: { about: 'In this encyclopedia {hub} is a world with moons.', opening: ['[Several|A number of] moons circle {hub}.', 'The moons of {hub} [include|number among them] these.'] },
    discoverer: { about: '', opening: ['[More than one moon|Not just one moon] was found by {hub}.'] },
  },
  events: { year: '@, a moon of {planet}, was discovered by {discoverer}.' },
};

export const constellation: Topic = {
  name: 'constellation', noun: 'constellation', plural: 'constellations', columns: constellationColumns, rows: constellations,
  identifying: ['abbreviation', 'brightest'],
  leads: ['@ is a constellation whose name means {meaning}.', '@ is a constellation of the {half} sky.', '@ is a constellation.'],
  frames: [
    'The brightest star of @ is {brightest}.',
    '{brightest} is its brightest star.',
    'The abbreviation of @ is {abbreviation}.',
    'On star maps @ is written as {abbreviation}.',
    'In English its name means {meaning}.',
    'The meaning of @ is {meaning}.',
    '$ belongs to the {half} sky.',
    'The greater part of @ is {half}.',
  ],
  restate: ['[So|Thus] old maps draw the {meaning} there.', '[So|Thus] {half} observers see it best.', 'The light of {brightest} is easy to find.', 'The stars of @ [are far apart|are not near each other].'],
  shared: 'half',
  hubs: { half: { title: '# sky', about: 'In this encyclopedia {hub} is a word for one half of the sky.', opening: ['[Several|A number of] constellations belong to the {hub} sky.', 'The {hub} sky [holds|includes] these constellations.'] } },
};

export const star: Topic = {
  name: 'star', noun: 'star', plural: 'stars', columns: ['name', 'constellation', 'half'],
  rows: table(constellationColumns, constellations)
    .filter((record) => record['brightest'])
    .map((record) => [record['brightest'], record['name'], record['half'] ?? ''].join('|'))
    .join('\n'),
  identifying: ['constellation'],
  leads: ['@ is the brightest star of {constellation}.', '@ is a star in {constellation}.'],
  frames: ['The constellation of @ is {constellation}.', 'Among the stars of {constellation}, $ is the brightest.', '$ [shines|stands] in the {half} sky.', 'The half of the sky [given|noted] for @ is {half}.', 'To find $, look for {constellation}.'],
  restate: ['[So|Thus] {half} observers see it best.', 'The other stars of {constellation} are fainter.', 'The light of @ [is old when it reaches us|takes years to reach us].'],
  shared: 'half',
};
