/**
 * Stands in a text for something that prose cannot show (a formula, a template nobody knows). Prose with a hole outside
 * parentheses is broken and left out; within parentheses the part with the hole is cut (repair-prose.ts).
 */
export const hole = '\uFFFC'; // U+FFFC OBJECT REPLACEMENT CHARACTER
