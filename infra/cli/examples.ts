/** The end of a help text. In: the program's name, commands, and what else is to be said. Out: lines. Pure. */

export function examples(name: string, commands: readonly string[], more?: string): string {
  const lines = commands.map((command) => `  ${name} ${command}`);
  return `\nExamples:\n${lines.join('\n')}${more === undefined ? '' : `\n\n${more}`}`;
}
