/**
 * The files that a step writes for the runner, as the runner reads them.
 * Source: actions/runner, src/Runner.Worker/FileCommandManager.cs, EnvFileKeyValuePairs.
 */

/** The entries in order, up to the first that is wrong; its message is the runner's. */
export function readEntries(content: Buffer): { entries: [name: string, value: string][]; error?: string } {
  const text = new TextDecoder('utf-8').decode(content);
  const entries: [string, string][] = [];
  let index = 0;
  const readLine = (): { line: string; newline: string | undefined } | undefined => {
    if (index >= text.length) return undefined;
    const start = index;
    const end = text.indexOf('\n', index);
    index = end < 0 ? text.length : end + 1;
    return end < 0 ? { line: text.slice(start), newline: undefined } : { line: text.slice(start, end), newline: '\n' };
  };
  for (let read = readLine(); read !== undefined; read = readLine()) {
    const { line } = read;
    if (line === '') continue;
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      entries.push([line.slice(0, equals), line.slice(equals + 1)]);
    } else if (heredoc >= 0) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      if (name === '' || delimiter === '') {
        return { entries, error: `Invalid format '${line}'. Name must not be empty and delimiter must not be empty` };
      }
      const start = index;
      let end = index;
      for (let value = readLine(); value?.line !== delimiter; value = readLine()) {
        if (value === undefined) return { entries, error: `Invalid value. Matching delimiter not found '${delimiter}'` };
        if (value.newline === undefined) return { entries, error: 'Invalid value. EOF marker missing new line.' };
        end = index - 1;
      }
      entries.push([name, end > start ? text.slice(start, end) : '']);
    } else return { entries, error: `Invalid format '${line}'` };
  }
  return { entries };
}
