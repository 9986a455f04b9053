/** English words that carry grammar rather than content: articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs of time and degree. A closed list, in lower case. */
export const functionWords: ReadonlySet<string> = new Set(
  ('a an the this that these those it its he him his she her hers they them their theirs we us our ours you your yours i me my mine who whom whose which what ' +
    'of in on at by for from to with without within into onto upon over under above below between among through during before after since until about around against along across behind beside near off out up down per via as than like ' +
    'and or but nor so yet if because although though while whereas unless whether when where why how ' +
    'is are was were be been being am has have had having do does did done will would shall should can could may might must ' +
    "not no there here then thus also too very more most less least only just even both either neither each every all any some such same other another own now still always never often once again s n't").split(' '),
);
