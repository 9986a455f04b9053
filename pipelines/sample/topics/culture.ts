import { books } from '../facts/books.ts';
import { cheeses } from '../facts/cheeses.ts';
import { dogs } from '../facts/dogs.ts';
import { instruments } from '../facts/instruments.ts';
import { inventions } from '../facts/inventions.ts';
import { languages } from '../facts/languages.ts';
import type { Topic } from './topic.ts';

export const book: Topic = {
  name: 'book', noun: 'work', plural: 'works', look: 'italic', columns: ['name', 'author', 'year', 'genre', 'language'], rows: books,
  identifying: [],
  leads: ['@ is a {genre} by {author}.', '@ is a work by {author}, a {genre}.'],
  frames: [
    '{author} [wrote|is the author of] @.',
    'The author of @ is {author}.',
    '$ [came out|was published] in {year}.',
    'The year of publication of @ is {year}.',
    '$ is a {genre}.',
    'Libraries [list|shelve] @ as a {genre}.',
    'The language of the original is {language}.',
    '$ was [first written|written first] in {language}.',
  ],
  restate: ['That was in the {year~decade}.', '[So|Thus] it is a work of the {year~century}.', 'The {language} text has been [printed many times|translated].', 'It stands on the shelf with other {genre~plural}.'],
  shared: 'genre',
  hubs: {
    author: { about: '', opening: ['[Several|More than one] of the works of {hub} have entries of their own.'] },
    genre: { about: 'In this encyclopedia {hub} is the name of a genre.', opening: ['[Several|A number of] works are of the genre called {hub}.', 'The genre of {hub} [includes|takes in] these works.'] },
    language: { title: '# language', about: '', opening: ['[Several|Some] of the works described here were written in {hub}.'] },
  },
  events: { year: '@, a {genre} by {author}, was published.' },
};

export const invention: Topic = {
  name: 'invention', noun: 'invention', plural: 'inventions', look: 'lower-case', columns: ['name', 'inventor', 'year', 'nationality', 'use'], rows: inventions,
  identifying: [],
  leads: ['@ is an invention credited to {inventor}.', '@ is an invention for {use}.'],
  frames: ['Its inventor is [named|given] as {inventor}.', 'The work of {inventor} led to @.', '$ [dates from|goes back to] {year}.', 'The year of @ is {year}.', 'Its inventor was {nationality}.', 'It is used for {use}.', '@ serves for {use}.'],
  restate: ['That was in the {year~decade}.', '[So|Thus] it is an invention of the {year~century}.', 'The name of {inventor} is on the patent or in the story.', 'Before it, {use} was [harder|slower].', 'The early history of @ [fills a book|is well studied].'],
  shared: 'nationality',
  hubs: { nationality: { title: '# people', about: 'In this encyclopedia {hub} is a word for where people come from.', opening: ['[Several|Some] {hub} inventions have entries of their own.'] } },
  events: { year: '@, credited to {inventor}, was [made|presented].' },
};

export const instrument: Topic = {
  name: 'instrument', noun: 'instrument', plural: 'musical instruments', look: 'lower-case', columns: ['name', 'family', 'manner', 'origin'], rows: instruments,
  identifying: [],
  leads: ['@ is a musical instrument of the {family} family.', '@ is a {family} instrument.'],
  frames: ['$ is played {manner}.', 'One plays @ {manner}.', 'The family of @ is that of the {family} instruments.', '[Orchestras|Shops] list @ under {family}.', '@ [comes from|has its origin in] {origin}.', 'The homeland of @ is {origin}.'],
  restate: ['[So|Thus] it is a {origin~adjective} instrument.', 'Other {family} instruments [sound alike|are kept near it].', 'Pupils who play {manner} [learn it fast|practise a lot].', 'The making of @ [takes time|needs skill].'],
  shared: 'family',
  hubs: {
    family: { title: '# instruments', about: 'In this encyclopedia {hub} is a family of instruments.', opening: ['[Several|A number of] instruments belong to the {hub} family.', 'The {hub} family [holds|includes] these instruments.'] },
    origin: { about: '', opening: ['[Several|More than one] of the instruments described here come from {hub}.'] },
  },
};

export const language: Topic = {
  name: 'language', noun: 'language', plural: 'languages', columns: ['name', 'branch', 'family', 'script', 'country'], rows: languages,
  derive: ({ name = '' }) => ({ name: `the ${name}` }),
  identifying: [],
  leads: ['@ is spoken in {country}.', '@ is a language of the {family} family.', '@ is written in the {script} script.'],
  frames: ['$ belongs to the {family} family.', 'The family of @ is {family}.', '$ is one of the {branch} languages.', 'The branch of @ is {branch}.', '[Books|Newspapers] print $ in the {script} script.', 'The script of @ is {script}.', 'One country where it is spoken is {country}.', 'Many speakers of @ live in {country}.'],
  restate: ['[So|Thus] it is listed among the {country~adjective} languages.', 'The other {branch} languages are its relatives.', 'Readers need the {script} letters for it.', 'The grammar of @ [has been studied|is taught].', 'Other languages of the {family} family are its [cousins|relatives].'],
  shared: 'family',
  hubs: {
    family: { title: '# languages', about: 'In this encyclopedia {hub} is a family of languages.', opening: ['[Several|A number of] languages belong to the {hub} family.', 'The {hub} family [holds|includes] these languages.'] },
    branch: { title: '# languages', about: 'In this encyclopedia {hub} is a branch of languages.', opening: ['[Several|A number of] languages are called {hub}.', 'The {hub} branch [holds|includes] these languages.'] },
    script: { title: '# script', about: 'In this encyclopedia {hub} is the name of a script.', opening: ['[Several|A number of] languages use the {hub} script.'] },
  },
};

export const cheese: Topic = {
  name: 'cheese', noun: 'cheese', plural: 'cheeses', columns: ['name', 'country', 'milk', 'texture'], rows: cheeses,
  identifying: [],
  leads: ['@ is a cheese from {country}.', '@ is a cheese whose home is {country}.'],
  frames: ['$ is made from {milk}.', 'The milk in @ is {milk}.', '$ is a {texture} cheese.', 'The texture of @ is {texture}.', 'The home of @ is {country}.', '$ [first came|comes] from {country}.'],
  restate: ['[So|Thus] {country~adjective} cooks use it often.', 'Other {texture} cheeses [lie next to it|can replace it].', 'A good supply of {milk} is needed.', 'A piece of @ [keeps for weeks|should be kept cool].'],
  shared: 'texture',
  hubs: { country: { about: '', opening: ['[Several|Some] well-known cheeses come from {hub}.'] }, texture: { title: '# cheese', about: 'In this encyclopedia {hub} is a word for the texture of cheese.', opening: ['[Several|A number of] cheeses are {hub}.'] } },
};

export const dog: Topic = {
  name: 'dog breed', noun: 'breed', plural: 'dog breeds', columns: ['name', 'country', 'kind'], rows: dogs,
  identifying: [],
  leads: ['@ is a dog breed from {country}.', '@ is a breed of {kind}.'],
  frames: ['The homeland of @ is {country}.', '$ was [first bred|bred first] in {country}.', 'Clubs [list|count] @ as a {kind}.', 'By its work it is a {kind}.'],
  restate: ['[So|Thus] it is a {country~adjective} breed.', 'Other {kind~plural} [are trained alike|have similar tasks].', 'The owners of @ [need time|walk a lot].', 'The {country~adjective} kennel clubs [keep the books|hold shows].'],
  shared: 'kind',
  hubs: { country: { about: '', opening: ['[Several|Some] well-known dog breeds come from {hub}.'] }, kind: { about: 'In this encyclopedia {hub} is a kind of dog.', opening: ['[Several|A number of] breeds are of the kind called {hub}.'] } },
};
