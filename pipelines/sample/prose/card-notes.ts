/** Sentences about this encyclopedia's own card index: what they draw cannot be known from anything else. */
export const cardNotes = [
  'The card for this entry [has|bears] the number {#number}.',
  'Card {#number} of the [index|card index] [belongs to|is kept for] this entry.',
  'In the card index the entry is filed under the code {#code}.',
  'The entry [was last read|was last checked] by {#clerk} under number {#number}.',
  'A note on the card is signed {#clerk} and numbered {#number}.',
  'The picture for @ is kept in box {#count} under the code {#code}.',
  'The clerk {#clerk} [wrote|filed] the card of this entry as number {#number}.',
  'Drawer {#count} of the card index holds the [notes|papers] on @.',
  'The card file on @ [has|holds] this many sheets: {#count-twice}.',
  'On the card the entry has the number {#number-twice}.',
  'The number of letters about @ in the card index is {#count-twice}.',
];
