/** Options that would have the compiler run, load, read or write something: none is on an allow-list. */
export const injectedOptions: ReadonlyArray<ReadonlyArray<string>> = [
  ...['-fplugin=./evil.so', '@options', '-specs=evil.specs', '-B.', '-include/etc/shadow', '-I/', '-o/etc/owned'],
  ...[
    '-Wl,-rpath,/',
    '-Wa,@options',
    '-dumpdir',
    '-save-temps',
    '-O2 -fplugin=evil.so',
    '-O2;id',
    '$(id)',
    '`id`',
    '\n',
  ],
]
  .map(option => [option])
  .concat([
    ['-wrapper', 'sh,-c,id'],
    ['-x', 'none', '/etc/shadow'],
  ])
