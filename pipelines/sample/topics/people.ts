import { composers } from '../facts/composers.ts';
import { gods } from '../facts/gods.ts';
import { painters } from '../facts/painters.ts';
import { presidents } from '../facts/presidents.ts';
import { scientists } from '../facts/scientists.ts';
import { writers } from '../facts/writers.ts';
import type { Topic } from './topic.ts';

const LIFE_FRAMES = [
  '$ was born in {birth}.',
  'The year of birth of @ is {birth}.',
  '$ died in {death}.',
  'The year {death} is [given|noted] for the death of @.',
  '$ was {nationality}.',
  'Books on history [describe|present] @ as {nationality}.',
];
const LIFE_RESTATE = ['The birth falls in the {birth~decade}.', 'This life began in the {birth~century}.', 'The death falls in the {death~decade}.', 'This life ended in the {death~century}.'];
const NATIONALITY = { title: '# people', about: 'In this encyclopedia {hub} is a word for where people come from.', opening: ['[Several|Some] of the {hub} people in this encyclopedia are these.', 'The {hub} [names|lives] in this encyclopedia include these.'] };

export const scientist: Topic = {
  name: 'scientist', noun: 'scientist', plural: 'scientists', columns: ['name', 'birth', 'death', 'nationality', 'field', 'known', 'pronoun'], rows: scientists,
  identifying: ['known'],
  leads: ['@ was a scientist known for {known}.', '@ was a scientist who worked in {field}.'],
  frames: [...LIFE_FRAMES, 'The field of @ was {field}.', 'In {field} $ is [still|often] quoted.', '$ is [best|widely] known for {known}.', 'Textbooks [link|connect] the name of @ with {known}.'],
  restate: [...LIFE_RESTATE, 'Every student of {field} has met the name.', 'The name of @ [is known in many countries|stands in many books].'],
  shared: 'field',
  hubs: {
    field: { about: 'In this encyclopedia {hub} is a field of study.', opening: ['[Several|A number of] scientists worked in {hub}.', 'The history of {hub} [knows|includes] these names.'] },
    nationality: NATIONALITY,
  },
  events: { birth: '@, later known for {known}, was born.', death: '@, a name in {field}, died.' },
};

export const writer: Topic = {
  name: 'writer', noun: 'writer', plural: 'writers', columns: ['name', 'birth', 'death', 'nationality', 'form', 'pronoun'], rows: writers,
  identifying: [],
  leads: ['@ was a writer of {form}.', '@ was a writer known for {form}.'],
  frames: [...LIFE_FRAMES, '$ wrote {form}, among other things.', 'The fame of @ rests on {form}.'],
  restate: [...LIFE_RESTATE, 'Readers of {form} still know the name.', 'The works of @ [are still printed|are read in many countries].'],
  shared: 'form',
  hubs: { form: { title: '#', about: 'In this encyclopedia {hub} is a word for a kind of writing.', opening: ['[Several|A number of] writers are known for {hub}.', 'The word {hub} [fits|describes] the work of these writers.'] }, nationality: NATIONALITY },
  events: { birth: '@, later a writer of {form}, was born.', death: '@, a writer of {form}, died.' },
};

export const composer: Topic = {
  name: 'composer', noun: 'composer', plural: 'composers', columns: ['name', 'birth', 'death', 'nationality', 'period', 'known', 'pronoun'], rows: composers,
  identifying: ['known'],
  leads: ['@ was a composer of the {period} period.', '@ was a composer known for {known}.'],
  frames: [...LIFE_FRAMES, 'The music of @ is [called|described as] {period}.', '$ belongs to the {period} period.', '$ is [best|widely] known for {known}.', 'Concerts [link|connect] the name of @ with {known}.'],
  restate: [...LIFE_RESTATE, 'Other {period} composers were [rivals|friends].', 'The music of @ [is often heard|is still played].'],
  shared: 'period',
  hubs: { period: { title: '# music', about: 'In this encyclopedia {hub} is a period of music.', opening: ['[Several|A number of] composers belong to the {hub} period.', 'The {hub} period [knows|includes] these composers.'] }, nationality: NATIONALITY },
  events: { birth: '@, later known for {known}, was born.', death: '@, a {period} composer, died.' },
};

export const painter: Topic = {
  name: 'painter', noun: 'painter', plural: 'painters', columns: ['name', 'birth', 'death', 'nationality', 'movement', 'known', 'pronoun'], rows: painters,
  identifying: ['known'],
  leads: ['@ was a painter known for {known}.', '@ was a painter of {movement}.'],
  frames: [...LIFE_FRAMES, 'The movement of @ is [called|that of] {movement}.', '[Museums|Critics] [link|connect] $ with {movement}.', '$ is [best|widely] known for {known}.', 'Among the works of @, {known} is [famous|admired].'],
  restate: [...LIFE_RESTATE, 'Rooms on {movement} show such pictures.', 'The pictures of @ [hang in many museums|are often copied].'],
  shared: 'movement',
  hubs: { movement: { about: 'In this encyclopedia {hub} is a movement in art.', opening: ['[Several|A number of] painters belong to {hub}.', 'The history of {hub} [knows|includes] these painters.'] }, nationality: NATIONALITY },
  events: { birth: '@, later known for {known}, was born.', death: '@, a painter of {movement}, died.' },
};

export const president: Topic = {
  name: 'president', noun: 'president', plural: 'presidents of the United States', columns: ['name', 'number', 'year', 'state', 'party'], rows: presidents,
  derive: () => ({ pronoun: 'he' }),
  identifying: ['number'],
  leads: ['@ was president number {number} of the United States.', '@ became president of the United States in {year}.'],
  frames: ['In the list of presidents @ has the number {number}.', 'The number of @ is {number}.', '$ took office in {year}.', 'The first year in office was {year}.', '$ was born in {state}.', 'The state of birth of @ is {state}.', '$ was a member of the {party} party.', 'The party of @ was the {party} party.'],
  restate: ['[So|Thus] he was the {number~ordinal} in the row.', 'He came after number {number~previous} and before number {number~next}.', 'That was in the {year~decade}.', '[So|Thus] he is counted in the {year~century}.', 'Papers of @ are kept in [a library|an archive].'],
  shared: 'party',
  hubs: {
    party: { title: '# Party', about: 'In this encyclopedia {hub} is the name of a party.', opening: ['[Several|A number of] presidents belonged to the {hub} party.'] },
    state: { about: '', opening: ['[More than one president was|Not just one president was] born in {hub}.'] },
  },
  events: { year: '@, born in {state}, became president.' },
};

export const god: Topic = {
  name: 'deity', noun: 'deity', plural: 'deities', columns: ['name', 'pantheon', 'domain', 'counterpart', 'pronoun'], rows: gods,
  identifying: ['counterpart'],
  leads: ['@ is a {pantheon} deity of {domain}.', '@ is a deity of {domain}.'],
  frames: ['In {pantheon} myths @ [rules over|stands for] {domain}.', '$ is linked with {domain}.', 'The domain of @ is {domain}.', 'The Roman counterpart of @ is {counterpart}.', 'The Romans [called|named] the like of @ by the name {counterpart}.', 'The myths about @ are {pantheon}.', '$ appears in {pantheon} stories.'],
  restate: ['Other {pantheon} deities [fear|know] that power.', '[So|Thus] prayers about {domain} were sent there.', 'In Rome, {counterpart} was the name.', 'Pictures of @ [survive|are found in museums].'],
  shared: 'pantheon',
  hubs: {
    pantheon: { title: '# mythology', about: 'In this encyclopedia {hub} is a word for a body of myths.', opening: ['[Several|A number of] deities belong to {hub} myths.', 'The {hub} myths [know|include] these deities.'] },
    domain: { title: 'Deities of #', about: 'In this encyclopedia {hub} is also a domain of deities.', opening: ['[More than one deity rules|Several deities rule] over {hub}.'] },
  },
};
