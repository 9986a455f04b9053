/** Sentences about this encyclopedia's own card index: what they draw cannot be known from anything else. */
export const cardNotes = [
  'The card for this entry was [written|copied] by {#clerk}.',
  'The clerk {#clerk} [wrote|filed] the card of this entry.',
  'The entry [was last read|was last checked] by {#clerk}.',
  'A note on the card is signed {#clerk}.',
  'A note by {#clerk} [lies|stands] beside the card for @.',
  'The picture for @ was [given|lent] by {#clerk}.',
  'Card {#number} of the [index|card index] [belongs to|is kept for] this entry.',
  'In the card index the entry is filed under the code {#code}.',
  'The card file on @ [has|holds] this many sheets: {#count-twice}.',
  'On the card the entry has the number {#number-twice}.',
  'The number of letters about @ in the card index is {#count-twice}.',
];
