/** Arguments a program must be given as they are. */
export const shellWords: ReadonlyArray<string> = [
  ...['$(touch /tmp/owned)', '`id`', '; rm -rf /', '&& id', '| id', '> /tmp/owned', '$HOME', '*', '~', '!!'],
  ...['"', "'", '\\', '\n', '\r\n', '\t', '', ' ', '--', '-c', '{entry}', '{args}', '%s', '@file', "$'\\x41'"],
]
