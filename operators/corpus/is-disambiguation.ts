/** In: title and wikitext of a page. Out: whether it only tells pages of one name apart. Looks at its templates and its title. */
const templates =
  /\{\{\s*(?:disambig(?:uation)?(?: (?:page|cleanup))?|disamb|dab|hndis|geodis|schooldis|hospitaldis|roaddis|mil-unit-dis|numberdis|letter(?:-number combination)? ?dis\w*|species latin name \w*disambiguation|human name disambiguation|place name disambiguation|\w[\w ]{0,60} disambiguation|set index|sia|surname|given ?name|name)\s*(?:\||\}\})/i;

export function isDisambiguation(title: string, wikitext: string): boolean {
  return /\(disambiguation\)$/i.test(title) || templates.test(wikitext);
}
