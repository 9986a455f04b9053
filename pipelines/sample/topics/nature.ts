import { birds } from '../facts/birds.ts';
import { mammals } from '../facts/mammals.ts';
import { minerals } from '../facts/minerals.ts';
import { plants } from '../facts/plants.ts';
import type { Topic } from './topic.ts';

const ANIMAL_FRAMES = [
  '$ [belongs to|is one of] the {order}.',
  '[Zoologists|Scientists] [place|put] @ among the {order}.',
  'In the system of animals $ [stands|is listed] with the {family}.',
  'The family of @ is that of the {family}.',
  'The home of @ is {home}.',
  '$ [lives|is found] in {home}.',
  '$ [mainly eats|lives mainly on|feeds mostly on] {diet}.',
  'The [usual|main] food of @ is {diet}.',
];
const ANIMAL_RESTATE = [
  '[So|Thus] {diet} [must|should] be within its reach.',
  'Without {diet} it would [starve|go hungry].',
  '[So|Thus] it is [rightly|often] called {home~adjective}.',
  '[Like|As with] other {order}, [its|the] young are studied [with care|closely].',
];
const ANIMAL_HUBS = {
  order: { about: 'In this encyclopedia the {hub} are an order of animals.', opening: ['[Several|A number of] animals [belong to|count among] the {hub}.', 'The {hub} [include|take in] these animals.'] },
  family: { about: 'In this encyclopedia the {hub} are a family of animals.', opening: ['[Several|A number of] animals [belong to|make up] the family of the {hub}.', 'The family of the {hub} [includes|takes in] these animals.'] },
  home: { about: '', opening: ['[Several|Some] of the animals of {hub} have entries of their own.', '{hub} is home to [several|some] of the animals described here.'] },
};

export const mammal: Topic = {
  name: 'mammal', noun: 'mammal', plural: 'mammals', look: 'lower-case', columns: ['name', 'order', 'family', 'home', 'diet'], rows: mammals,
  identifying: [],
  leads: ['@ is a mammal of the family of {family}.', '@ is a mammal among the {order}.'],
  frames: ANIMAL_FRAMES, restate: ANIMAL_RESTATE, shared: 'order', hubs: ANIMAL_HUBS,
};

export const bird: Topic = {
  name: 'bird', noun: 'bird', plural: 'birds', look: 'lower-case', columns: ['name', 'order', 'family', 'home', 'diet'], rows: birds,
  identifying: [],
  leads: ['@ is a bird of the family of {family}.', '@ is a bird among the {order}.'],
  frames: ANIMAL_FRAMES, restate: ANIMAL_RESTATE, shared: 'order', hubs: ANIMAL_HUBS,
};

export const plant: Topic = {
  name: 'plant', noun: 'plant', plural: 'plants', look: 'lower-case', columns: ['name', 'family', 'kind', 'origin'], rows: plants,
  identifying: [],
  leads: ['@ is a plant of the family of {family}.', '@ is a plant, more exactly a {kind}.'],
  frames: [
    '[Botanists|Scientists] [place|put] @ among the {family}.',
    '$ [belongs to|is one of] the {family}.',
    'In its growth @ is a {kind}.',
    '[Gardeners|Books] describe it as a {kind}.',
    '$ [first came from|has its origin in] {origin}.',
    'The homeland of @ is {origin}.',
  ],
  restate: ['[So|Thus] it is an {origin~adjective} plant [by origin|by birth].', '[So|Thus] the plant has many cousins among the {family}.', 'Like other {kind~plural} it needs [light|water].'],
  shared: 'family',
  hubs: {
    family: { about: 'In this encyclopedia the {hub} are a family of plants.', opening: ['[Several|A number of] plants [belong to|make up] the family of the {hub}.', 'The family of the {hub} [includes|takes in] these plants.'] },
    origin: { about: '', opening: ['[Several|Some] useful plants [first came from|have their origin in] {hub}.', '{hub} gave the world [several|a number of] useful plants.'] },
  },
};

export const mineral: Topic = {
  name: 'mineral', noun: 'mineral', plural: 'minerals', look: 'lower-case', columns: ['name', 'hardness', 'system', 'class', 'formula'], rows: minerals,
  identifying: [],
  leads: ['@ is a mineral of the {class} class.', '@ is a {class} mineral with {system} crystals.', '@ is a {class} mineral.'],
  frames: [
    'Its crystals [follow|belong to] the {system} system.',
    'The crystal system of @ is {system}.',
    'The class of @ is {class}.',
    '[Collectors|Geologists] [list|file] $ as a {class}.',
    'On the Mohs scale @ has the hardness {hardness}.',
    'A Mohs hardness of {hardness} is [given|noted] for @.',
    'The chemical formula of @ is {formula}.',
    '[Chemists|Textbooks] write {formula} for @.',
  ],
  restate: [
    'On a scale from one to ten, {hardness~words} is its place.',
    '[Like|As with] other {class~plural}, its origin [matters|is studied].',
    '[So|Thus] {system} forms are [seen|found] in its crystals.',
    '[So|Thus] a hardness of {hardness~words} stands on its label.',
  ],
  shared: 'class',
  hubs: {
    class: { title: '# minerals', about: 'In this encyclopedia a {hub} is a class of mineral.', opening: ['[Several|A number of] minerals belong to the {hub} class.', 'The {hub} class [includes|takes in] these minerals.'] },
    system: { title: '# crystal system', about: 'In this encyclopedia the {hub} system is a crystal system.', opening: ['[Several|A number of] minerals have {hub} crystals.', 'The {hub} system [includes|takes in] these minerals.'] },
  },
};
