/** Words of a made-up language, 4,000 of them, in an order that stands for their frequency: syllables in all combinations. */
const onsets = ['b', 'd', 'f', 'g', 'k', 'l', 'm', 'n', 'p', 'r', 's', 't', 'v', 'z', 'br', 'dr', 'gr', 'kl', 'st', 'tr'];
const vowels = ['a', 'e', 'i', 'o', 'u', 'ei', 'ou', 'ai', 'ie', 'oa'];
const endings = ['', 'n', 'r', 's', 'l', 'm', 't', 'k', 'nd', 'rs', 'nt', 'lm', 'rk', 'sk', 'lt', 'mp', 'st', 'x', 'th', 'rn'];

export const words: readonly string[] = endings.flatMap((ending) => vowels.flatMap((vowel) => onsets.map((onset) => `${onset}${vowel}${ending}`)));
