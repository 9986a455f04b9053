/** What readers see of templates, by name. What is in none of these lists leaves a hole. */

/** Marks and notes: sources, doubts, layout. */
export const invisible =
  /^(?:#tag:.*|cite\b.*|citation\b.*|cn|cb|fact|facts|refn?|ref ?label|note(?: ?label)?|notetag|efn(?:-.*)?|sfn\w*|harv\w*|r|rp|who\??|when\??|where\??|which\??|why\??|what\??|how\??|by whom\??|whom\??|according to whom\??|clarify.*|clarification.*|dubious.*|disputed.*|verify.*|verification.*|better source.*|page needed|pages needed|page number.*|volume needed|nonspecific|specify.*|vague|full citation needed|failed verification|unreliable.*|self-published.*|primary source.*|third-party.*|original research.*|or|pov.*|npov.*|neutrality.*|weasel.*|peacock.*|undue.*|synthesis.*|contradict.*|inconsistent.*|examples?(?: needed)?|quantify|dead link|dl|cbignore|update.*|out of date|obsolete.*|needs? update|anchors?|clear|clr|-|toc\b.*|italic ?title|defaultsort.*|displaytitle.*|use .*|short description.*|engvar.*|pp-.*|portal.*|commons.*|wikt.*|wikisource.*|coord missing.*|zwj|zwnj|zwsp|shy|wbr|lrm|rlm|sic\?|inline .*|ambiguous|attribution needed|buzzword|fix.*|importance.*|jargon.*|lead.*|need.*|not in .*|off-topic.*|opinion|relevance.*|tone.*|copyvio.*|scholarly.*|medical citation.*|medrs|mcn|additional citation.*|citation-needed|source\?|source needed|sources.*|unsourced.*|unreferenced.*|chronology.*|time fact|year needed|date missing|elucidate|explain|non-primary.*|psc|rs|request quotation|subscription.*|registration.*|closed access|open access|free access|webarchive.*|wayback.*|doi|isbn|issn|oclc|pmid|pmc|jstor|bibcode|arxiv|hatnote.*|see also|main.*|further.*|about|for|distinguish.*|redirect.*|other uses.*)$/i;

/** Whose text is the same everywhere. */
export const fixed: ReadonlyMap<string, string> = new Map([
  ['nbsp', ' '], ['space', ' '], ['spaces', ' '], ['thinsp', ' '], ['hair space', ' '], ['pad', ' '], ['nowrap begin', ''], ['nowrap end', ''], ['wrap', ' '],
  ['snd', ' – '], ['snds', ' – '], ['spnd', ' – '], ['spndash', ' – '], ['spaced ndash', ' – '], ['spaced en dash', ' – '], ['dash', ' – '], ['nsndns', ' – '], ['nsmdns', ' — '], ['spaced mdash', ' — '],
  ['ndash', '–'], ['en dash', '–'], ['endash', '–'], ['mdash', '—'], ['mdashb', '—'], ['em dash', '—'], ['emdash', '—'], ['hyphen', '-'], ['nbhyph', '-'], ['minus', '−'], ['plusminus', '±'],
  ['!', '|'], ['=', '='], ["'", "'"], ["'s", "'s"], ["' \"", "'\""], ['"', '"'], ["\" '", "\"'"], ['okina', 'ʻ'], ['hamza', 'ʾ'], ['ayin', 'ʿ'], ['·', '·'], ['dot', '·'], ['middot', '·'], ['•', '•'], ['ellipsis', '…'], ['...', '…'], ['dagger', '†'],
  ['ad', 'AD'], ['bc', 'BC'], ['ce', 'CE'], ['bce', 'BCE'], ['co2', 'CO₂'], ['h2o', 'H₂O'], ['eqm', '⇌'], ['pi', 'π'], ['sic', '[sic]'], ['pound sterling', '£'], ['gbp', '£'], ['euro', '€'], ['jpy', '¥'], ['yen', '¥'], ['degree', '°'], ['sharp', '♯'], ['flat', '♭'],
]);

/** What takes its text from one of its parameters: name -> number of the parameter; -1: the last. */
export const passThrough: ReadonlyMap<string, number> = new Map([
  ...['nowrap', 'nobr', 'no wrap', 'nobreak', 'nwr', 'small', 'smaller', 'big', 'larger', 'large', 'midsize', 'center', 'em', 'strong', 'bold', 'visible anchor', 'vanchor', 'noitalic', 'noitalics', 'nobold', 'not a typo', 'notatypo', 'sic', 'abbr', 'tooltip', 'smallcaps', 'small caps', 'sc', 'sc2', 'smallcaps2', 'linktext', 'proper name', 'title', 'var', 'mvar', 'mono', 'code', 'kbd', 'angbr', 'char', 'vr', 'keypress', 'key press', 'asiantitle', 'unicode', 'allow wrap', 'avoid wrap', 'gloss', 'sub', 'sup', 'ship prefix', 'citation needed span', 'cn span', 'clarify span', 'dubious span', 'nastaliq', 'nq'].map((name) => [name, 1] as const),
  ...['lang', 'langx', 'langr', 'rtl-lang', 'color', 'font color', 'resize'].map((name) => [name, 2] as const),
  ...['transl', 'transliteration', 'script'].map((name) => [name, -1] as const),
]);

/**
 * What wtf_wikipedia renders as it is seen. It knows more, and much of that wrongly: flags as emoji, ages by today's date (a run would not come out the same again),
 * tickers in lower case.
 */
export const trusted =
  /^(?:lang-[a-z-]+|nihongo[23]?|as of|circa|ca?\.|fl\.|r\.|cf\.|aka|reign|lit\.?|literal translation|frac|fraction|vol\.|pp?\.|marriage|birth date(?: and age)?|death date(?: and age)?|(?:birth|death|start|end)-date|oldstyledate|height|percentage|formatnum: ?[\d.,]+|angle bracket|music|ship|sclass|uss|hms|hmas|hmcs|hmnzs|ss|mv|ms|rms|sms|ins|rv|currency|us\$|usd|euro|€|gbp|£|inr|₹|yen|jpy|¥|cad|ca\$|aud|a\$|nzd|nz\$|hkd|hk\$|chf|cny|rub|₽|₩|₱)$/;
